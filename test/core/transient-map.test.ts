import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { TransientMap } from "../../lib/core/transient-map.ts";

const run = promisify(execFile);
const CHURN = join(import.meta.dirname, "../fixtures/churn.ts");

test("a transient map does what a Map does, whatever comes and goes", () => {
  const ours = new TransientMap<number, object>();
  const theirs = new Map<number, object>();
  let random = 1;
  for (let i = 0; i < 10_000; i++) {
    random = (random * 48_271) % 2_147_483_647;
    const key = random % 50;
    const value = { i };
    if (random % 3 === 0) assert.equal(ours.delete(key), theirs.delete(key));
    else {
      ours.set(key, value);
      theirs.set(key, value);
    }
    assert.equal(ours.size, theirs.size);
    assert.deepEqual([ours.has(key), ours.get(key)], [theirs.has(key), theirs.get(key)]);
  }
  assert.deepEqual([...ours.values()], [...theirs.values()]);
});

test("entries of a transient map that are gone go with the young objects, unlike those of a Map", async () => {
  const collections = async (kind: string): Promise<number> => {
    const { stdout } = await run(process.execPath, ["--expose-gc", "--import", "tsx", CHURN, kind]);
    return Number(stdout);
  };
  const [ours, theirs] = [await collections("transient"), await collections("plain")];
  // Where that of a Map is as low, V8 has changed, and a Map would do.
  assert.ok(ours * 4 < theirs, `expected much less than ${theirs} collections of the whole heap, got ${ours}`);
});
