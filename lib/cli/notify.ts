import { LONGEST_DELAY } from "../core/delay.ts";

export interface NotifyOptions {
  /** Our own environment: NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID are looked at. */
  readonly own: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Sends a datagram to a unix socket; the name of the errno when it failed. */
  readonly send: (address: string, text: string) => string | undefined;
  readonly warn: (message: string) => void;
}

/** Tells the service manager how we are; see sd_notify(3). Without one, nobody is told. */
export interface Notifier {
  /** Requests are answered from now on (again, after a reload). Starts the watchdog, if there is one. */
  ready(status: string): void;
  /** The configuration is read again; `ready` comes next. */
  reloading(): void;
  /** The end has begun, and takes at most `patience` milliseconds. */
  stopping(status: string, patience: number): void;
  /** The watchdog is fed no more. */
  close(): void;
}

/** Opens the line to the service manager that started us, if one did. */
export function openNotifier({ own, pid, send, warn }: NotifyOptions): Notifier {
  const address = own.NOTIFY_SOCKET;
  const tell = (...assignments: readonly string[]): void => {
    const errno = address === undefined ? undefined : send(address, assignments.join("\n"));
    if (errno !== undefined) warn(`expected to tell the service manager ${assignments[0]}, got ${errno}: ${address}`);
  };
  const watchdog = address === undefined ? undefined : watchdogInterval(own, pid);
  let timer: NodeJS.Timeout | undefined;
  // A reload that was under way has nothing to say any more.
  let ending = false;
  return {
    ready: (status) => {
      if (ending) return;
      tell("READY=1", statusLine(status));
      // A timer of the event loop: whoever blocks that is restarted. It keeps nobody alive.
      if (watchdog !== undefined) timer ??= setInterval(tell, watchdog, "WATCHDOG=1").unref();
    },
    reloading: () => {
      if (!ending) tell("RELOADING=1", `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`);
    },
    stopping: (status, patience) => {
      ending = true;
      tell("STOPPING=1", statusLine(status), `EXTEND_TIMEOUT_USEC=${Math.ceil(patience * 1000)}`);
    },
    close: () => {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** Half of the time within which we must be heard of, in milliseconds; undefined when nobody watches us. */
function watchdogInterval({ WATCHDOG_USEC, WATCHDOG_PID }: NotifyOptions["own"], pid: number): number | undefined {
  const usec = Number(WATCHDOG_USEC);
  if (!(usec > 0) || (WATCHDOG_PID !== undefined && Number(WATCHDOG_PID) !== pid)) return undefined;
  return Math.min(Math.max(1, usec / 2000), LONGEST_DELAY);
}

function statusLine(status: string): string {
  return `STATUS=${status.replaceAll("\n", " ")}`;
}
