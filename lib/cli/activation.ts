import { UrocketError } from "../core/errors.ts";
import type { SocketFacts } from "../process/sockets.ts";

/** A listening socket that we were started with. */
export interface InheritedSocket {
  readonly fd: number;
  readonly facts: SocketFacts;
}

/** The sockets that take the place of `host` and `port`, and of `socketpath`. */
export interface Inherited {
  readonly front: InheritedSocket | undefined;
  readonly back: InheritedSocket | undefined;
}

export interface ActivationOptions {
  /** Our own environment: LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES are looked at. */
  readonly own: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Where processes look for the back: what is inherited for it must be that. */
  readonly socketPath: string;
  readonly describe: (fd: number) => SocketFacts | undefined;
}

/**
 * The sockets that a service manager listens on for us; see sd_listen_fds(3). Those named `front` and `back` are that;
 * of others, one on TCP is the front and one on a unix socket the back. Throws `activation-refused` for anything else,
 * for a socket that nobody accepts from would keep callers waiting for ever.
 */
export function inheritedSockets({ own, pid, socketPath, describe }: ActivationOptions): Inherited {
  const found: { front: InheritedSocket | undefined; back: InheritedSocket | undefined } = {
    front: undefined,
    back: undefined,
  };
  // Meant for somebody else, of whom we are a descendant.
  if (Number(own.LISTEN_PID) !== pid) return found;
  const names = own.LISTEN_FDNAMES?.split(":") ?? [];
  for (let index = 0; index < Number(own.LISTEN_FDS ?? 0); index++) {
    const fd = FIRST + index;
    const facts = listening(fd, describe(fd));
    const role = roleOf(names[index], facts);
    if (found[role] !== undefined) throw refused(`one socket for the ${role}`, `descriptor ${fd} as another`);
    found[role] = { fd, facts };
  }
  const back = found.back?.facts.address;
  if (back !== undefined && back !== socketPath) throw refused(`the socket for the back at ${socketPath}`, back);
  return found;
}

/** The number that the first inherited descriptor has. */
const FIRST = 3;

function listening(fd: number, facts: SocketFacts | undefined): SocketFacts {
  if (facts?.stream === true && facts.listening && facts.family !== "other") return facts;
  const got = facts === undefined ? "no socket" : facts.stream ? "another stream socket" : "a socket of another type";
  throw refused(`descriptor ${fd} to be a stream socket that listens on TCP or a unix path`, got);
}

function roleOf(name: string | undefined, { family }: SocketFacts): "front" | "back" {
  if (name === "back" && family !== "unix") throw refused("the socket named `back` to be a unix socket", family);
  if (name === "front" || name === "back") return name;
  return family === "unix" ? "back" : "front";
}

function refused(expected: string, got: string): UrocketError {
  return new UrocketError("activation-refused", `expected ${expected}, got ${got}`);
}
