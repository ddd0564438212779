import type { Headers } from "../../core/message.ts";
import { parseCookies } from "./cookies.ts";
import { type Fields, parseFields } from "./fields.ts";

/** Where the parameters of one request are; what has to be taken apart is so when it is first asked for. */
export class Sources {
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly #query: string;
  #fields: Fields | undefined;
  #cookies: Fields | undefined;

  constructor(params: Readonly<Record<string, string>>, query: string, headers: Headers) {
    this.params = params;
    this.#query = query;
    this.headers = headers;
  }

  get fields(): Fields {
    this.#fields ??= parseFields(this.#query);
    return this.#fields;
  }

  get cookies(): Fields {
    this.#cookies ??= parseCookies(this.headers.cookie ?? "");
    return this.#cookies;
  }
}
