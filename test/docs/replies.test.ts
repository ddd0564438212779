import assert from "node:assert/strict";
import { test } from "node:test";
import { readPost } from "../../lib/replies/posted.ts";
import { curl } from "../helpers/curl.ts";
import { blocksOf } from "../helpers/fences.ts";
import { startGateway } from "../helpers/gateway.ts";
import { until } from "../helpers/until.ts";
import { configuration, readPage, rows } from "./page.ts";

const PAGE = readPage("replies.md");

test("each route of docs/replies.md answers in its way", async (t) => {
  const [yaml = ""] = blocksOf("docs/replies.md", "yaml", 1);
  const { url } = await startGateway(t, configuration(yaml).paths, { top: "defaults: {timeout: 20s}" });
  const post = (path: string) => curl("-X", "POST", `${url}${path}`);
  const posted = await post("/posted");
  assert.deepEqual([posted.status, posted.text], [201, "made"]);
  const printed = await post("/printed");
  assert.deepEqual([printed.status, printed.headers["content-type"], printed.text], [200, "text/plain", "hello"]);
  const cgi = await post("/cgi");
  assert.deepEqual([cgi.status, cgi.headers["content-type"], cgi.text.trim()], [404, "text/plain", "no such pet"]);
  const report = JSON.parse((await post("/report")).text);
  assert.deepEqual([report.ok, report.exit.code, report.stdout.text], [true, 0, "done {}\n"]);
  const job = await post("/job");
  assert.deepEqual([job.status, JSON.parse(job.text).state], [202, "accepted"]);
  const result = await until("the result", async () => {
    const got = await curl(`${url}${job.headers.location}`);
    return got.status === 200 && got;
  });
  assert.equal(JSON.parse(result.text).stdout.text, "done {}\n");
});

test("the table of figures names every member of urocket-stats, ended and live", async (t) => {
  const script = 'curl -sS --unix-socket "$UROCKET_SOCKET" http://u/urhttp/$REQUEST_ID -d early; sleep 60';
  const cmd = JSON.stringify(["/bin/sh", "-c", script]);
  const { url } = await startGateway(
    t,
    `  /ended: {get: {cmd: /bin/true, reply: stdout, stats: true}}\n  /live: {get: {cmd: ${cmd}, stats: true, timeout: 3s}}`,
  );
  const figures = async (path: string) => JSON.parse((await curl(`${url}${path}`)).headers["urocket-stats"] ?? "{}");
  const named = (kind: RegExp) =>
    rows(PAGE, "| field | unit | live |").flatMap(([names = "", , live = ""]) =>
      kind.test(live) ? names.split(", ") : [],
    );
  assert.deepEqual(Object.keys(await figures("/ended")).sort(), named(/^(yes|no)/).sort());
  assert.deepEqual(Object.keys(await figures("/live")).sort(), named(/^(yes|only)/).sort());
});

test("every header that the page says is refused, is", () => {
  const refused = /`Urocket-H-Content-Type`;\s+and (.*?)\. With/s.exec(PAGE)?.[1]?.match(/`[^`]+`/g) ?? [];
  assert.ok(refused.length > 10);
  for (const name of ["content-type", ...refused.map((word) => word.replaceAll("`", "").toLowerCase())]) {
    assert.ok("fault" in readPost({ [`urocket-h-${name}`]: "x" }, Buffer.alloc(0)), name);
  }
});
