import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { isatty } from "node:tty";

/** A descriptor to write to, and what gives it back. */
export interface OwnDescriptor {
  readonly fd: number;
  close(): void;
}

/**
 * The same pipe or terminal as `fd`, opened again so that a write is refused instead of waiting while nobody reads: a
 * thread that waits in a write keeps the process from its exit. Flags of `fd` itself are shared with other processes, so
 * they stay as they are. Files never wait, and sockets can't be opened: for them it is `fd`.
 */
export function ownDescriptor(fd: number): OwnDescriptor {
  if (isatty(fd) || fstatSync(fd).isFIFO()) {
    try {
      const own = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
      let open = true;
      const close = (): void => {
        if (open) closeSync(own);
        open = false;
      };
      return { fd: own, close };
    } catch (error) {
      // No /proc, or one of another user: then it is written to as it is.
      if (!["ENOENT", "EACCES", "ENXIO", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  return { fd, close: () => {} };
}
