import { createServer } from "node:net";
import { UrocketError } from "../core/errors.ts";

/**
 * Says why host:port can't be listened on. The server library tells no reason, so the same is tried once more with
 * node's own, which does. `settings` is how the configuration calls the two.
 */
export function explainListenFailure(
  host: string,
  port: number,
  settings = "`host` and `port`",
): Promise<UrocketError> {
  return new Promise((resolve) => {
    const failure = (reason: string, cause?: Error) => resolve(listenFailure(settings, { host, port }, reason, cause));
    const probe = createServer();
    probe.once("error", (cause: NodeJS.ErrnoException) => {
      failure(REASONS[cause.code ?? ""] ?? cause.code ?? cause.message, cause);
    });
    probe.listen({ host, port, exclusive: true }, () => {
      probe.close(() => failure("a failure without a reason, which passed meanwhile"));
    });
  });
}

/** Why an inherited socket could not be taken over. */
export function adoptionFailure(role: "front" | "back", fd: number, errno: string): UrocketError {
  return new UrocketError("activation-refused", `expected to take over descriptor ${fd} for the ${role}, got ${errno}`);
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "a port that somebody else listens on (EADDRINUSE)",
  EADDRNOTAVAIL: "an address that this machine does not have (EADDRNOTAVAIL)",
  EACCES: "a port that needs more privileges (EACCES)",
  ENOTFOUND: "a name without an address (ENOTFOUND)",
};

function listenFailure(
  settings: string,
  { host, port }: { readonly host: string; readonly port: number },
  reason: string,
  cause?: Error,
): UrocketError {
  const place = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const detail = `expected ${settings} to be free to listen on, got ${reason}: ${place}`;
  return new UrocketError("listen-failed", detail, { cause });
}
