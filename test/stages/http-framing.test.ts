import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "../../lib/core/reply.ts";
import { HttpStage } from "../../lib/stages/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { Wire } from "../helpers/wire.ts";

test("a request with two lengths, or a coding that is unknown, is hung up on, and nothing behind it is taken for a request", async (t) => {
  const paths: string[] = [];
  const gateway = {
    handle: ({ path }: { path: string }, caller: { respond(reply: ReturnType<typeof text>): void }) => {
      paths.push(path);
      caller.respond(text(200, "hello"));
    },
    abandon: () => {},
  };
  const stage = new HttpStage({ gateway, bodyLimit: 1000 });
  const port = await stage.listen("127.0.0.1", 0);
  cleanUp(t, () => stage.close());
  const smuggled = "POST /smuggled HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
  for (const lengths of [
    [0, smuggled.length],
    [smuggled.length, 0],
    [5, 5],
  ]) {
    await refused(port, lengths.map((length) => `Content-Length: ${length}\r\n`).join(""), smuggled);
  }
  for (const coding of ["xchunked", "identity", "chunked, identity", "gzip, chunked"]) {
    await refused(port, `Transfer-Encoding: ${coding}\r\n`, `0\r\n\r\n${smuggled}`);
  }
  assert.deepEqual(paths, []);
});

async function refused(port: number, fields: string, behind: string): Promise<void> {
  const wire = new Wire({ host: "127.0.0.1", port });
  wire.send(`POST /a HTTP/1.1\r\nHost: a\r\n${fields}\r\n${behind}`);
  assert.equal(await wire.end(), "", `expected ${JSON.stringify(fields)} to be hung up on`);
}
