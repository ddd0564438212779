import { setTimeout as delay } from "node:timers/promises";
import type { Address } from "../helpers/wire.ts";
import { Line } from "./line.ts";
import type { World } from "./world.ts";

/** Sends what is no request, or half of one, or more than one, to the front and to the back. */
export async function intrudeOn(world: World): Promise<void> {
  const { counts, random, front, back } = world;
  while (!world.over && !world.stopping) {
    const [name, bytes] = random.pick(ATTACKS)(world);
    const address: Address = random.below(3) === 0 ? back : front;
    const line = new Line(address);
    const result = await Promise.race([line.ask(bytes), delay(PATIENCE, "silence" as const)]);
    // A server that waits for more is right to be silent; one that closes has refused.
    const came = result === undefined ? "closed by the server" : result === "silence" ? "silence" : result.status;
    counts.add(`intruder: ${name}: ${came}`);
    if (name === "pipelined" && result !== undefined && result !== "silence") {
      const second = await Promise.race([line.next(), delay(PATIENCE, "silence" as const)]);
      const then = second === undefined ? "closed by the server" : second === "silence" ? "silence" : second.status;
      counts.add(`intruder: pipelined, second: ${then}`);
    }
    line.hangUp();
  }
}

/** How long a server may think about an attack, in milliseconds. */
const PATIENCE = 150;

type Attack = (world: World) => readonly [name: string, bytes: string | Buffer];

/** A request that must never run: it is inside of the body of another. */
const SMUGGLED = "POST /smuggled HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
const CHUNKED = `0\r\n\r\n${SMUGGLED}`;
const head = (...fields: string[]): string => `POST /quick HTTP/1.1\r\nHost: a\r\n${fields.join("\r\n")}\r\n\r\n`;

const ATTACKS: readonly [Attack, ...Attack[]] = [
  ({ random }) => ["noise", random.bytes(1 + random.below(2000))],
  ({ random }) => ["noise after a request line", Buffer.concat([Buffer.from("GET / HTTP/1.1\r\n"), random.bytes(500)])],
  () => ["half a head", "POST /quick HTTP/1.1\r\nHos"],
  () => ["half a body", `${head("Content-Length: 50")}half`],
  () => ["head too large", `GET /quick HTTP/1.1\r\nHost: a\r\nX-Big: ${"x".repeat(20_000)}\r\n\r\n`],
  () => ["body too large", head("Content-Length: 99999999")],
  () => ["two lengths", `${head("Content-Length: 0", `Content-Length: ${SMUGGLED.length}`)}${SMUGGLED}`],
  () => ["two lengths, long first", `${head(`Content-Length: ${SMUGGLED.length}`, "Content-Length: 0")}${SMUGGLED}`],
  () => ["length and chunks", `${head(`Content-Length: ${CHUNKED.length}`, "Transfer-Encoding: chunked")}${CHUNKED}`],
  () => ["chunks and length", `${head("Transfer-Encoding: chunked", `Content-Length: ${CHUNKED.length}`)}${CHUNKED}`],
  () => ["unknown coding", `${head(`Content-Length: ${CHUNKED.length}`, "Transfer-Encoding: xchunked")}${CHUNKED}`],
  () => ["length that is no number", `${head("Content-Length: +5")}hello`],
  () => ["negative length", `${head("Content-Length: -1")}`],
  () => ["chunk size that is no number", `${head("Transfer-Encoding: chunked")}zz\r\nhello\r\n0\r\n\r\n`],
  () => ["chunk size beyond all", `${head("Transfer-Encoding: chunked")}ffffffffffffffff1\r\nhello\r\n0\r\n\r\n`],
  () => ["trailer", `${head("Transfer-Encoding: chunked")}5\r\nhello\r\n0\r\nX:${SMUGGLED}`],
  () => ["HTTP/1.0", "GET /quick HTTP/1.0\r\n\r\n"],
  () => ["absolute form", "GET http://a/quick HTTP/1.1\r\nHost: a\r\n\r\n"],
  () => ["pipelined", `${head("Content-Length: 0")}${head("Content-Length: 0")}`],
];
