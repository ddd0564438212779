import assert from "node:assert/strict";
import { test } from "node:test";
import { Supervisor } from "../../lib/process/index.ts";
import { until } from "../helpers/until.ts";
import { look } from "./facts.ts";
import { torture } from "./torture.ts";

/** Bytes that may be held by chance; what 300 floods leave in their records, if something holds them, is far more. */
const NOISE = 4 * 1024 * 1024;

test("3,000 processes that misbehave in ten ways leave exact records, no zombie, no child, no descriptor", async () => {
  const atFirst = look();
  const supervisor = new Supervisor({ subreaper: true });
  await torture(supervisor, 500);
  await until("no child to be left of the first 500", () => look().children === 0);
  const before = look();
  const tallies = await torture(supervisor, 3000);
  assert.deepEqual(
    tallies.filter(({ wrong }) => wrong > 0),
    [],
  );
  await until("no child to be left", () => look().children === 0);
  const after = look();
  assert.equal(after.zombies, 0);
  assert.equal(after.descriptors, before.descriptors);
  assert.ok(after.held - before.held < NOISE, `holds ${after.held - before.held} bytes more`);
  await supervisor.close();
  await until("the supervisor's own descriptors to be closed", () => look().descriptors <= atFirst.descriptors);
});
