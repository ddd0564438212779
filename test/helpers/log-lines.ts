import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { until } from "./until.ts";

/** One line of the JSON log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The log of a gateway as it comes. */
export class LogLines {
  readonly lines: LogLine[] = [];

  constructor(stream: Readable) {
    createInterface({ input: stream }).on("line", (line) => this.lines.push(JSON.parse(line)));
  }

  /** Waits for the first line with these fields; a regular expression stands for any text it matches. */
  async find(fields: Readonly<Record<string, unknown>>): Promise<LogLine> {
    return until(`a log line with ${JSON.stringify(fields)}`, () => this.#first(fields));
  }

  /** Waits for the request id of the n-th message that was stored on a route, counted from 0. */
  async stored(route: string, n = 0): Promise<string> {
    const found = await until(`stored message ${n} of ${route}`, () => {
      return this.lines.filter((line) => line.route === route && STORED.test(String(line.msg)))[n];
    });
    return String(found.request_id);
  }

  #first(fields: Readonly<Record<string, unknown>>): LogLine | undefined {
    return this.lines.find((line) => Object.entries(fields).every(([name, value]) => matches(line[name], value)));
  }
}

const STORED = /^I stored the reqid :: [0-9a-f-]{36}$/;

function matches(value: unknown, expected: unknown): boolean {
  return expected instanceof RegExp ? expected.test(String(value)) : value === expected;
}
