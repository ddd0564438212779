import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "../../lib/core/reply.ts";
import { addressText } from "../../lib/stages/peer-address.ts";
import { openFront } from "./set-up.ts";

test("a message knows its peer's address until the reply is out", async (t) => {
  const seen: string[] = [];
  const { url, taken } = await openFront(t, ({ message, caller }) => {
    seen.push(message.remoteAddress);
    caller.respond(text(200, "hello"));
  });
  await fetch(url, { method: "POST", body: "x" });
  assert.deepEqual(seen, ["127.0.0.1"]);
  assert.equal(taken[0]?.message.remoteAddress, "");
});

test("an address is written in its shortest form, and an IPv4 address as such", () => {
  const written: [came: string, shown: string][] = [
    ["", ""],
    ["192.0.2.1", "192.0.2.1"],
    ["0000:0000:0000:0000:0000:0000:0000:0001", "::1"],
    ["2001:0db8:0000:0000:0000:0000:0000:00ff", "2001:db8::ff"],
    ["0000:0000:0000:0000:0000:ffff:7f00:0001", "127.0.0.1"],
  ];
  for (const [came, shown] of written) {
    assert.equal(addressText(new Uint8Array(Buffer.from(came)).buffer), shown);
  }
});
