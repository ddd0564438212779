import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { until } from "../helpers/until.ts";
import { openGateway } from "./reply-gateway.ts";
import { REPLIES, type ReplySubject } from "./reply-subjects.ts";

function subject(name: string): ReplySubject {
  const found = REPLIES.find((one) => one.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

test("HEAD of a route has the length of the answer and no body", async (t) => {
  const { start, post, lastId } = await openGateway(t, subject("socket, onexit wait"));
  const asking = start({ path: "/get", method: "HEAD" });
  const told = await post(await lastId(), "12345", { "content-type": "text/plain" });
  assert.equal(told.status, 200);
  const { status, headers, text } = await asking.told;
  assert.deepEqual([status, headers["content-length"], headers["content-type"], text], [200, "5", "text/plain", ""]);
});

test("HEAD of a result has its length and no body", async (t) => {
  const { start, result } = await openGateway(t, subject("accepted"));
  const { headers } = await start({ path: "/run", method: "POST" }, "post -d 12345").told;
  const location = String(headers.location);
  await result(location);
  const told = await start({ path: location, method: "HEAD" }).told;
  assert.deepEqual([told.status, told.headers["content-length"], told.text], [200, "5", ""]);
});

test("text beyond ASCII in a header is printed and reaches the caller as UTF-8, and ends no field", async (t) => {
  const value = "é\u010a\u010d日";
  const printed = await openGateway(t, subject("cgi"));
  const other = await printed.ask(`printf 'Status: 200\\nX: %s\\n\\n' '${value}'`);
  // One octet is one character, as the test's own parser has it.
  assert.equal(Buffer.from(String(other.headers.x), "latin1").toString(), value);
});

test("a posted value beyond ASCII is refused, and the caller still waits for one that can be used", async (t) => {
  const { start, post, lastId } = await openGateway(t, subject("socket, onexit wait"));
  const asking = start({ path: "/get", method: "GET" });
  const id = await lastId();
  for (const name of ["urocket-h-x", "content-type"]) {
    // Sent in octets of one character each.
    for (const value of ["a \xe9 b", "a \xc3\xa9 b"]) {
      const { status, text } = await post(id, "x", { [name]: value });
      assert.deepEqual([status, JSON.parse(text).code], [400, "answer-malformed"]);
    }
  }
  assert.equal((await post(id, "x", { "urocket-h-x": "a %C3%A9 b" })).status, 200);
  assert.equal((await asking.told).headers.x, "a %C3%A9 b");
});

test("several cookies of one post are fields of their own", async (t) => {
  const { ask } = await openGateway(t, subject("socket, onexit wait"));
  const { headers } = await ask("post -H 'urocket-h-set-cookie: a=1; Path=/' -H 'urocket-h-set-cookie: b=2' -d x");
  assert.deepEqual(headers["set-cookie"], ["a=1; Path=/", "b=2"]);
});

test("an accepted message that waits in line gets its whole body when its turn comes", async (t) => {
  const limits = { processes: 1, queue: 5, queueTimeout: 60_000 };
  const { start, result, directory } = await openGateway(t, subject("accepted"), { limits });
  const first = await start({ path: "/run", method: "POST" }, "touch begun; is go").told;
  await until("the first to run", () => existsSync(join(directory, "begun")));
  const second = await start({ path: "/run", method: "POST" }, "touch go; echo second").told;
  assert.deepEqual([first.status, second.status], [202, 202]);
  const stopped = await start({ path: String(second.headers.location) }).told;
  assert.equal(JSON.parse(stopped.text).state, "running");
  writeFileSync(join(directory, "go"), "");
  const { text } = await result(String(second.headers.location));
  assert.equal(JSON.parse(text).stdout.text, "second\n");
});

test("a caller that leaves while its answer waits for figures ends neither the process nor the answer", async (t) => {
  const { start, post, lastId, ended, exited } = await openGateway(t, subject("socket, onexit wait"), { stats: true });
  const asking = start({ path: "/run", method: "POST" }, "is go");
  asking.told.catch(() => {});
  const id = await lastId();
  assert.equal((await post(id, "first")).status, 200);
  asking.hangUp();
  await until("the end", () => ended.length === 1);
  assert.equal((await post(id, "second")).status, 409);
  assert.deepEqual(exited, []);
});
