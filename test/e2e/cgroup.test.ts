import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { probe } from "../../lib/process/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";
import { until } from "../helpers/until.ts";

const { own, writable } = probe().cgroup;
const skip = writable ? false : "no cgroup v2 is ours to write to";

test("processes of a route with a cgroup run below the parent that is named, and leave none behind", {
  skip,
}, async (t) => {
  const parent = join(own ?? "", `urocket-e2e-${process.pid}`);
  mkdirSync(parent);
  const groups = () => readdirSync(parent).filter((name) => name.startsWith("urocket-"));
  cleanUp(t, async () => {
    writeFileSync(join(parent, "cgroup.kill"), "1");
    await until("the parent to be empty", () => groups().length === 0);
    rmdirSync(parent);
  });
  const route = "{get: {cmd: [/bin/sh, -c, cat /proc/self/cgroup], reply: stdout, timeout: 20s, cgroup: {}}}";
  const { url } = await startGateway(t, `\n  /a: ${route}`, { top: `cgroupparent: ${parent}` });
  const { status, text } = await curl(`${url}/a`);
  assert.equal(status, 200, text);
  assert.match(text, new RegExp(`^0::.*/${basename(parent)}/urocket-`, "m"));
  await until("the group to be gone", () => groups().length === 0);
});
