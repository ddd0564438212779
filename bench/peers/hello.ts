import type { Exchange } from "../tools/exchange.ts";

/** What every server has: a program that says hello and reads nothing. */
export const HELLO: Exchange = { verb: "GET", path: "/hello", expected: "hello" };
