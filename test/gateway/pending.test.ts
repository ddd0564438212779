import assert from "node:assert/strict";
import { test } from "node:test";
import { Endings } from "../../lib/gateway/endings.ts";
import { PendingTable } from "../../lib/gateway/pending.ts";

test("a waiter is found under its id until it ends", () => {
  const table = new PendingTable<string>();
  table.add("a", "first");
  table.add("b", "second");
  assert.equal(table.get("a"), "first");
  assert.equal(table.size, 2);
  assert.equal(table.end("a", "answered"), true);
  assert.equal(table.get("a"), undefined);
  assert.equal(table.size, 1);
});

test("only the first end counts, and it is remembered", () => {
  const table = new PendingTable<string>();
  table.add("a", "first");
  assert.equal(table.recall("a"), undefined);
  assert.equal(table.end("a", "timed-out"), true);
  assert.equal(table.end("a", "answered"), false);
  assert.equal(table.recall("a"), "timed-out");
});

test("an id that never waited has no end", () => {
  const table = new PendingTable<string>();
  assert.equal(table.end("a", "answered"), false);
  assert.equal(table.recall("a"), undefined);
});

test("two waiters under one id are refused", () => {
  const table = new PendingTable<string>();
  table.add("a", "first");
  assert.throws(() => table.add("a", "second"), /expected a fresh request id, got a a second time/);
  assert.equal(table.get("a"), "first");
});

test("the last ends are remembered and the older ones forgotten, two generations at most", () => {
  const endings = new Endings(100);
  for (let i = 0; i < 1000; i++) endings.note(`id ${i}`, "failed");
  const remembered = Array.from({ length: 1000 }, (_, i) => endings.recall(`id ${i}`)).filter(Boolean).length;
  assert.ok(remembered >= 100 && remembered <= 200, `${remembered} remembered`);
  for (let i = 900; i < 1000; i++) assert.equal(endings.recall(`id ${i}`), "failed");
  assert.equal(endings.recall("id 0"), undefined);
});
