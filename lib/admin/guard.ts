import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { isLoopback } from "../core/loopback.ts";
import { comparerOf } from "../gateway/auth/secret.ts";
import type { Failure } from "../replies/failure.ts";
import type { Access } from "./handler.ts";

export interface GuardOptions {
  /** What the server listens on. */
  readonly host: string;
  /** Further names that it is reached by. */
  readonly names: readonly string[];
  readonly token: string;
}

/** What the guard looks at. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
}

/** Says who may ask the admin port for what: undefined, or what the caller is told. */
export class Guard {
  readonly #local: boolean;
  readonly #names: ReadonlySet<string>;
  #isToken: (given: string) => boolean;

  constructor({ host, names, token }: GuardOptions) {
    this.#local = isLoopback(host);
    this.#names = new Set([host, ...names].map(plainName));
    this.#isToken = comparerOf(token);
  }

  /** Another token, for whoever asks from now on. */
  use(token: string): void {
    this.#isToken = comparerOf(token);
  }

  /**
   * Refuses pages of other sites. A name that an attacker owns may lead here (DNS rebinding), so only ours are taken; an
   * address can't be made to lead elsewhere. A browser names the site of the page that asks in Origin, or, where that is not
   * sent, as for an image, tells whether it is another one (Fetch Metadata). A link from elsewhere may lead here.
   */
  refuseSite({ host = "", origin, ...headers }: IncomingHttpHeaders): Failure | undefined {
    if (!this.#isOurs(host)) {
      return { code: "admin-host-refused", detail: `expected \`host\` to name the admin port, got ${show(host)}` };
    }
    // https: behind a proxy that speaks it.
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      const detail = `expected \`origin\` to be http://${host}, or no such header, got ${show(origin)}`;
      return { code: "admin-origin-refused", detail };
    }
    const { "sec-fetch-site": site, "sec-fetch-dest": destination } = headers;
    if ((site !== "cross-site" && site !== "same-site") || destination === "document") return undefined;
    const detail = `expected to be asked by a page of this port, got \`sec-fetch-site\` ${site}`;
    return { code: "admin-origin-refused", detail };
  }

  /**
   * Asks for the token where it is needed: in the header `authorization`, or, where nothing is changed, in the query, for
   * a browser can't put it elsewhere when it opens a page or a stream of events.
   */
  refuseAccess({ headers, query }: Asked, access: Access): Failure | undefined {
    if (access === "open" || (access === "read" && this.#local)) return undefined;
    const given = bearerOf(headers) ?? (access === "read" ? query.get("token") : null);
    if (given !== null && this.#isToken(given)) return undefined;
    const got = given === null ? "none" : "another";
    const detail = `expected \`authorization: Bearer\` with the token of the admin port, got ${got}`;
    return { code: "admin-token-refused", detail, headers: [["www-authenticate", 'Bearer realm="urocket admin"']] };
  }

  #isOurs(host: string): boolean {
    const name = HOST.exec(host)?.[1];
    if (name === undefined) return false;
    if (isLoopback(name) || this.#names.has(plainName(name))) return true;
    return !this.#local && isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  }
}

/** Name or address, in brackets if it has colons, and a port, which is any: ports are forwarded. */
const HOST = /^(\[[^\]]+\]|[^:[\]]+)(?::\d*)?$/;

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
  return authorization === undefined ? undefined : /^bearer +(\S+)$/i.exec(authorization)?.[1];
}

function show(header: string): string {
  return header === "" ? "none" : header;
}
