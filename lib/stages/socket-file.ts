import { type BigIntStats, chmodSync, chownSync, linkSync, lstatSync, mkdtempSync, rmSync, unlinkSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { UrocketError } from "../core/errors.ts";

/** A socket file of ours. */
export interface SocketFile {
  /** Removes the file, unless somebody else's stands there by now. */
  remove(): void;
}

/** Who may answer on a socket. */
export interface SocketAccess {
  /** Permission bits, e.g. 0o660. */
  readonly mode: number;
  /** Number of its group; our own when absent. */
  readonly group?: number | undefined;
}

/**
 * Lets `listen` bind a socket and puts it at `path` with the permissions of `access`. A stale socket there is removed;
 * one that somebody answers on, or anything else, is an error. `listen` gets the path to bind and says whether it worked.
 *
 * The socket is born in a directory of its own that nobody else may enter, gets its permissions there and is linked to
 * its place: nobody ever sees it with others, and of two gateways that start at once only one gets the place.
 */
export async function createSocketFile(
  path: string,
  access: SocketAccess,
  listen: (path: string) => boolean,
): Promise<SocketFile> {
  checkLength(path);
  await clearStale(path);
  const room = makeRoom(path);
  const born = join(room, "s");
  try {
    checkLength(born);
    if (!listen(born))
      throw new UrocketError("listen-failed", `expected \`socketpath\` to be listened on, got ${path}`);
    permit(born, access);
    linkInto(born, path);
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
  const ours = look(path);
  return { remove: () => removeIfSame(path, ours) };
}

function permit(born: string, { mode, group }: SocketAccess): void {
  try {
    if (group !== undefined) chownSync(born, -1, group);
    chmodSync(born, mode);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UrocketError("listen-failed", `expected to give the socket to the group ${group}, got ${code}`, {
      cause,
    });
  }
}

/** What sun_path holds, less its closing NUL; see unix(7). */
const LONGEST_PATH = 107;

function checkLength(path: string): void {
  const length = Buffer.byteLength(path);
  if (length <= LONGEST_PATH) return;
  const detail = `expected \`socketpath\` to fit the ${LONGEST_PATH} bytes that unix sockets allow, got ${length}: ${path}`;
  throw new UrocketError("listen-failed", detail);
}

/** Makes sure that nothing stands at `path`. */
async function clearStale(path: string): Promise<void> {
  const found = look(path);
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw new UrocketError("socket-path-taken", `expected \`socketpath\` to be free or a stale socket, got ${path}`);
  }
  const errno = await connectError(path);
  if (errno === "ECONNREFUSED") removeIfSame(path, found);
  else if (errno !== "ENOENT") throw inUse(path, errno);
}

/** The errno of a connection attempt: ECONNREFUSED where nobody listens, undefined where somebody answers. */
function connectError(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once("connect", () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}

function makeRoom(path: string): string {
  try {
    return mkdtempSync(`${dirname(path)}/.`);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const detail = `expected the directory of \`socketpath\` to take new files, got ${code} in ${dirname(path)}`;
    throw new UrocketError("listen-failed", detail, { cause });
  }
}

function linkInto(born: string, path: string): void {
  try {
    linkSync(born, path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") throw inUse(path, undefined);
    throw new UrocketError("listen-failed", `expected to link a socket to \`socketpath\`, got ${code} at ${path}`, {
      cause,
    });
  }
}

function inUse(path: string, errno: string | undefined): UrocketError {
  const got = errno === undefined ? "one that somebody answers on" : `${errno} on connecting`;
  return new UrocketError("socket-in-use", `expected \`socketpath\` to be free or a stale socket, got ${got}: ${path}`);
}

/**
 * What tells a file from another that took its name later: the inode number alone does not, for it is used again. Between
 * the look and the removal others may still be quicker, by microseconds; that much is left to luck.
 */
function removeIfSame(path: string, expected: BigIntStats | undefined): void {
  const found = look(path);
  if (found === undefined || expected === undefined) return;
  const { dev, ino, birthtimeNs } = expected;
  if (found.dev === dev && found.ino === ino && found.birthtimeNs === birthtimeNs) unlinkSync(path);
}

function look(path: string): BigIntStats | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}
