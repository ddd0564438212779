import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { planService } from "../../lib/compose/plan.ts";
import { parseConfig } from "../../lib/config/parse.ts";
import { UrocketError } from "../../lib/core/errors.ts";
import { folderWith } from "../cli/urocket.ts";

/** What the plan of a configuration refuses, warns of, or has as routes; `$` stands for its folder. */
async function plan(t: TestContext, settings: string, top = "") {
  const folder = folderWith(t, { secret: "s3cr3t\n", "wrong.env": "A=1\nB\n" });
  chmodSync(join(folder, "secret"), 0o644);
  const text = `{${top} paths: {/pets: {post: {cmd: /bin/true, ${settings}}}}}`;
  const config = parseConfig(text, join(folder, "u.yaml"));
  const warned: string[] = [];
  try {
    const routes = await planService("u.yaml", config, (message) => warned.push(message.replaceAll(folder, "$")));
    return { refused: "", warned, routes };
  } catch (error) {
    assert.ok(error instanceof UrocketError && error.code === "config-invalid", String(error));
    return { refused: error.message.replaceAll(folder, "$"), warned, routes: [] };
  }
}

test("what a start would refuse is refused at its place", async (t) => {
  assert.equal(
    (await plan(t, "auth: {type: bearer, secretfile: gone}")).refused,
    "u.yaml:1:19: expected the secret file to be readable, got ENOENT: $/gone",
  );
  assert.equal(
    (await plan(t, "auth: {type: bearer, secretenv: UROCKET_NO_SUCH_VARIABLE}")).refused,
    "u.yaml:1:19: expected the variable UROCKET_NO_SUCH_VARIABLE to hold a secret, got none",
  );
  assert.match((await plan(t, "", "envfile: wrong.env,")).refused, /^\$\/wrong\.env:2:1: expected NAME=value/);
  assert.match(
    (await plan(t, "", "tls: {cert: gone, key: gone},")).refused,
    /^u\.yaml:1:2: expected `tls\.cert` to be a file .*ENOENT/,
  );
  assert.equal(
    (await plan(t, "", "port: 1, admin: {tokenfile: gone},")).refused,
    "u.yaml:1:11: expected the secret file to be readable, got ENOENT: $/gone",
  );
});

test("all that a start would refuse is told at once", async (t) => {
  const top = "tls: {cert: gone, key: gone}, admin: {tokenfile: secret}, cgroupparent: gone,";
  const lines = (await plan(t, "", top)).refused.split("\n");
  assert.deepEqual(
    lines.map((line) => line.replace(/ to be .*/, "")),
    [
      "u.yaml:1:2: expected `tls.cert`",
      "u.yaml:1:32: expected the token of `admin`",
      "u.yaml:1:60: expected `cgroupparent`",
    ],
  );
  const other = await plan(t, "auth: {type: bearer, secretfile: gone}", "admin: {tokenfile: gone},");
  assert.equal(other.refused.split("\n").length, 2);
});

test("a parent of cgroups that is not ours to write is refused", async (t) => {
  const refused = "u.yaml:1:2: expected `cgroupparent` to be a cgroup v2 directory that is ours to write, got ENOENT: ";
  assert.equal((await plan(t, "", "cgroupparent: gone,")).refused, `${refused}$/gone`);
  assert.equal((await plan(t, "", "cgroupparent: .,")).refused, `${refused}$`);
});

test("what a start would warn of is warned of, and no secret is shown", async (t) => {
  const { warned, routes } = await plan(t, "auth: {type: bearer, secretfile: secret}");
  assert.equal(routes.length, 1);
  assert.equal(warned.length, 1);
  assert.match(warned[0] ?? "", /\$\/secret/);
  assert.doesNotMatch(warned.join(), /s3cr3t/);
});
