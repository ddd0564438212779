import { errnoName } from "./names.ts";
import { native, type SocketFacts } from "./native.ts";

export type { SocketFacts };

/**
 * Sends one datagram to a unix socket: a path, or `@name` for an abstract one. Never waits.
 * The name of the errno when it could not be sent, else undefined.
 */
export function sendDatagram(address: string, text: string): string | undefined {
  const errno = native().sendDatagram(address, text);
  return errno === 0 ? undefined : errnoName(errno);
}

/** What an open descriptor is; undefined for one that is closed, or no socket. */
export function describeSocket(fd: number): SocketFacts | undefined {
  const facts = native().describeSocket(fd);
  return typeof facts === "number" ? undefined : facts;
}

/**
 * Lets the listening socket `fd` take the place of our own listener at 127.0.0.1:`port`, which is closed: whoever
 * waits on it accepts from `fd` from then on. The name of the errno when it could not, else undefined.
 */
export function replaceListener(port: number, fd: number): string | undefined {
  const errno = native().replaceListener(port, fd);
  return errno === 0 ? undefined : errnoName(errno);
}
