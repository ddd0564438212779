import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";
import { LogLines } from "../helpers/log-lines.ts";
import { until } from "../helpers/until.ts";
import { folderWith, urocket } from "./urocket.ts";

const MAIN = join(import.meta.dirname, "../../lib/cli/main.ts");

/** Runs urocket in a folder without any argument; resolves with its address. */
async function serve(t: TestContext, folder: string): Promise<string> {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), MAIN], { cwd: folder });
  const log = new LogLines(child.stdout);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  cleanUp(t, async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const { url } = await until("the gateway to listen", () => log.lines.find((line) => line.url !== undefined));
  return String(url);
}

test("init, check, and a request that is answered: nothing else is needed", async (t) => {
  const folder = folderWith(t);
  const written = await urocket(folder, ["init"]);
  assert.equal(written.code, 0);
  assert.match(written.stdout, /^urocket-service\.yaml is written\. Now:\n\n {2}urocket check\n {2}urocket\n {2}curl /);

  const checked = await urocket(folder, ["check"]);
  assert.equal(checked.code, 0, checked.stderr);
  assert.match(checked.stdout, /^no warnings$/m);

  const file = join(folder, "urocket-service.yaml");
  const text = readFileSync(file, "utf8");
  assert.match(text, /^port: 8080$/m);
  writeFileSync(file, text.replace("port: 8080", "port: 0"));
  const url = await serve(t, folder);
  const tried: string[] = [];
  for (const [, path, , data] of text.matchAll(/# +curl localhost:8080(\S+)( -d '(.*)')?$/gm)) {
    const { status, text: body } = await curl(`${url}${path}`, ...(data === undefined ? [] : ["-d", data]));
    tried.push(`${status} ${body.trimEnd()}`);
  }
  assert.deepEqual(tried, ["200 hello, world", '200 {"payload":"low"}']);
});

test("init overwrites nothing, and says so", async (t) => {
  const folder = folderWith(t, { "mine.yaml": "mine" });
  const { code, stdout, stderr } = await urocket(folder, ["init", "mine.yaml"]);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.equal(stderr, "urocket: expected a new file, got one that is there already: mine.yaml\n");
  assert.equal(readFileSync(join(folder, "mine.yaml"), "utf8"), "mine");
});

test("init tells what it wrote to programs, and what prevented it", async (t) => {
  const folder = folderWith(t);
  const written = await urocket(folder, ["init", "--json", "a.yaml"]);
  assert.equal(written.code, 0);
  assert.deepEqual(JSON.parse(written.stdout), { ok: true, file: "a.yaml" });
  const failed = await urocket(folder, ["init", "--json", "gone/a.yaml"]);
  assert.equal(failed.code, 1);
  assert.equal(JSON.parse(failed.stdout).error.code, "ENOENT");
});
