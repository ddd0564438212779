import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfig } from "../../lib/config/index.ts";
import { openMetrics } from "../../lib/observe/index.ts";
import { builtProgram } from "../helpers/built.ts";
import { curl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { runModule } from "../library/run-module.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/observability.md"), "utf8");

/** The fenced blocks of one language, in order. */
function blocks(language: string): string[] {
  return [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, name]) => name === language)
    .map(([, , text = ""]) => text);
}

test("the configurations are understood", () => {
  const found = blocks("yaml");
  assert.equal(found.length, 3);
  for (const text of found) assert.ok(parseConfig(text, "observability.yaml").routes.length > 0);
});

test("the table of metrics has each with its type and meaning, and no other", async () => {
  const metrics = openMetrics({ routes: () => [], callers: () => 0, droppedLines: () => 0 });
  metrics.close();
  const described = [...(await metrics.text()).matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\w+)$/gm)]
    .filter(([, name = ""]) => /^(http|urocket)_/.test(name))
    .map(([, name, help, type]) => `| \`${name}\` | ${type} | ${help} |`);
  assert.deepEqual(
    PAGE.split("\n").filter((line) => /^\| `(http|urocket)_/.test(line)),
    described,
  );
});

test("the line of a request has the fields of the page, in its order, and the probe its answer", async (t) => {
  const answer =
    "printf '{\"a\":1}' | curl -sS --unix-socket $UROCKET_SOCKET --data-binary @- http://i/urhttp/$REQUEST_ID";
  const { url, log } = await startGateway(
    t,
    `\n  /pets:\n    post: {cmd: ${JSON.stringify(["/bin/sh", "-c", answer])}}`,
    {
      top: "admin: {port: 0}\ndefaults: {timeout: 1m}",
      log: "info",
    },
  );
  await curl(`${url}/pets`, "-d", "x");
  const line = await log.find({ msg: "POST /pets 200 answered" });
  const [written = "", ready = ""] = blocks("json");
  const example = JSON.parse(written);
  // Whether the memory of a process is known depends on the size of the gateway.
  const names = (of: object) => Object.keys(of).filter((name) => name !== "maxrss");
  assert.deepEqual(names(line), names(example));
  for (const name of Object.keys(example)) assert.ok(new RegExp(`\`?${name}\`?`).test(PAGE), name);
  const { admin } = await log.find({ admin: /^http/ });
  assert.deepEqual(JSON.parse((await curl(`${new URL(String(admin)).origin}/readyz`)).text), JSON.parse(ready));
});

test("the program prints what stands below it", async () => {
  builtProgram();
  const [code = "", printed] = [blocks("js")[0], blocks("text")[0]];
  assert.equal(await runModule(code), printed);
});

test("promtool understands the queries", (t) => {
  const file = join(temporaryDirectory(t), "rules.yaml");
  for (const query of blocks("promql")) {
    writeFileSync(file, `groups: [{name: a, rules: [{record: a, expr: ${JSON.stringify(query.trim())}}]}]`);
    const { status, stderr } = spawnSync("promtool", ["check", "rules", file], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
  }
});
