import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { openMetrics } from "../../lib/observe/index.ts";
import { builtProgram } from "../helpers/built.ts";
import { curl, startCurl } from "../helpers/curl.ts";
import { blocksOf } from "../helpers/fences.ts";
import { startGateway } from "../helpers/gateway.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";
import { runModule } from "../library/run-module.ts";

const shell = promisify(execFile);
const PAGE = readFileSync(join(import.meta.dirname, "../../docs/observability.md"), "utf8");

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
  const [written = ""] = blocksOf("docs/observability.md", "json", 2);
  const example = JSON.parse(written);
  // Whether the memory of a process is known depends on the size of the gateway.
  const names = (of: object) => Object.keys(of).filter((name) => name !== "maxrss");
  assert.deepEqual(names(line), names(example));
  for (const name of Object.keys(example)) assert.ok(new RegExp(`\`?${name}\`?`).test(PAGE), name);
});

test("the commands ask a gateway as the page says", async (t) => {
  const { log, url, directory } = await startGateway(
    t,
    "  /slow:\n    get: {cmd: [/bin/sh, -c, exec sleep 1000], timeout: 1h}",
    {
      top: "admin: {port: 0}",
      log: "info",
    },
  );
  const address = new URL(String((await log.find({ admin: /^http/ })).admin));
  const [probe = "", top = "", kill = ""] = blocksOf("docs/observability.md", "sh", 3);
  const [, ready = ""] = blocksOf("docs/observability.md", "json", 2);
  const bin = temporaryDirectory(t);
  writeFileSync(join(bin, "urocket"), `#!/bin/sh\nexec '${process.execPath}' '${builtProgram()}' "$@"\n`, {
    mode: 0o755,
  });
  // The configuration asks for any port, so it can't tell which one that is.
  const config = readFileSync(join(directory, "service.yaml"), "utf8").replace("{port: 0}", `{port: ${address.port}}`);
  writeFileSync(join(bin, "urocket-service.yaml"), config);
  const token = String(address.searchParams.get("token"));
  const run = (command: string, env = {}) =>
    shell(
      "bash",
      ["-ec", command.replaceAll("127.0.0.1:9090", address.host).replaceAll("token=...", `token=${token}`)],
      {
        cwd: bin,
        env: { ...process.env, ...env, PATH: `${bin}:${process.env.PATH}` },
      },
    );
  assert.deepEqual(JSON.parse((await run(probe)).stdout), JSON.parse(ready));
  const caller = startCurl(`${url}/slow`);
  const running = async () => JSON.parse((await curl(`${address.origin}/api/status`)).text).processes;
  const id = await until("the process to run", async () => (await running())[0]?.requestId);
  // Each of the three lines shows the process that runs, and its route.
  const shown = (await run(top)).stdout;
  assert.equal(shown.match(/^ *\d+ +GET \/slow /gm)?.length, 3, shown);
  await run(kill, { TOKEN: token, REQUEST_ID: id });
  assert.equal(JSON.parse((await caller.done).text).code, "process-failed");
});

test("the program prints what stands below it", async () => {
  builtProgram();
  const [code = ""] = blocksOf("docs/observability.md", "js", 1);
  const [printed] = blocksOf("docs/observability.md", "text", 1);
  assert.equal(await runModule(code), printed);
});

test("promtool understands the queries", (t) => {
  const file = join(temporaryDirectory(t), "rules.yaml");
  for (const query of blocksOf("docs/observability.md", "promql", 2)) {
    writeFileSync(file, `groups: [{name: a, rules: [{record: a, expr: ${JSON.stringify(query.trim())}}]}]`);
    const { status, stderr } = spawnSync("promtool", ["check", "rules", file], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
  }
});
