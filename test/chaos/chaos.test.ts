import assert from "node:assert/strict";
import { test } from "node:test";
import { chaos } from "./chaos.ts";

test("whatever goes wrong, every request is answered once or closed by the stop, and nothing is left", async (t) => {
  const counts = await chaos(t, { seconds: 13, callers: 12, seed: 20 });
  t.diagnostic(counts.table());
  assert.deepEqual(counts.wrong, []);
  // Nothing above proves anything unless all of it took place.
  for (const name of [
    "asked: answer 200",
    "asked: double 200",
    "asked: late 200",
    "asked: oversized 502",
    "vanished",
  ]) {
    assert.ok(counts.get(name) > 0, `${name} did not happen:\n${counts.table()}`);
  }
  for (const name of ["intruder: ", "killed or stopped", "reloaded"]) assert.ok(counts.sum(name) > 0, name);
});
