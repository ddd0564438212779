import assert from "node:assert/strict";
import { test } from "node:test";
import { curl } from "../helpers/curl.ts";
import { blocksOf } from "../helpers/fences.ts";
import { startGateway } from "../helpers/gateway.ts";
import { configuration, readPage, rows } from "./page.ts";

const PAGE = readPage("routing.md");

test("each request of docs/routing.md finds what stands behind it", async (t) => {
  const [yaml = ""] = blocksOf("docs/routing.md", "yaml", 1);
  const { paths } = configuration(yaml);
  const { url } = await startGateway(t, paths);
  const table = rows(PAGE, "| request | reply |");
  assert.ok(table.length > 10);
  for (const [request = "", reply = ""] of table) {
    const [verb = "", path = ""] = request.split(" ");
    const [, status, expected] = /^(\d+) ?(.*)$/.exec(reply) ?? [];
    const method = verb === "HEAD" ? ["-I"] : ["-X", verb];
    const told = await curl(...method, "--path-as-is", `${url}${path}`);
    assert.equal(told.status, Number(status), request);
    const text = told.status >= 400 ? JSON.parse(told.text).code : told.text.trimEnd();
    assert.equal(text, expected, request);
    if (/DELETE|OPTIONS/.test(verb)) assert.equal(told.headers.allow, "GET, PUT, HEAD, OPTIONS");
  }
});
