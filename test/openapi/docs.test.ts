import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { blocksOf } from "../helpers/fences.ts";
import { loadFiles, operationAt, request } from "./documents.ts";

const LIBRARY = join(import.meta.dirname, "../../lib/openapi/index.ts");

test("each request on the page has the result that follows it", async () => {
  const [yaml = ""] = blocksOf("docs/openapi.md", "yaml", 1);
  const document = await loadFiles({ "pets.yaml": yaml });
  const operation = operationAt(document, "/pets/{petId}/visits", "post");
  const [requests, results] = [blocksOf("docs/openapi.md", "http", 3), blocksOf("docs/openapi.md", "json", 3)];
  for (const [index, text] of requests.entries()) {
    const [head = "", body = ""] = text.trimEnd().split("\n\n");
    const [first = "", ...lines] = head.split("\n");
    const [, petId = "", query = ""] = /^POST \/pets\/([^/]*)\/visits\??(.*)$/.exec(first) ?? [];
    const headers = Object.fromEntries(lines.map((line) => line.split(": ")));
    const result = operation.validateRequest(request({ params: { petId }, query, headers, body }));
    assert.deepEqual(JSON.parse(JSON.stringify(result)), JSON.parse(results[index] ?? ""), first);
  }
});

test("the program on the page prints what follows it", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "urocket-openapi-"));
  const printed: string[] = [];
  context.mock.method(console, "log", (line: string) => printed.push(line));
  try {
    const [yaml = ""] = blocksOf("docs/openapi.md", "yaml", 1);
    const [program = ""] = blocksOf("docs/openapi.md", "ts", 1);
    const [output = ""] = blocksOf("docs/openapi.md", "text", 1);
    await writeFile(join(folder, "pets.yaml"), yaml);
    const runnable = program
      .replace('"urocket/openapi"', JSON.stringify(pathToFileURL(LIBRARY).href))
      .replace('"pets.yaml"', JSON.stringify(join(folder, "pets.yaml")));
    assert.notEqual(runnable, program);
    await writeFile(join(folder, "program.mts"), runnable);
    await import(pathToFileURL(join(folder, "program.mts")).href);
    assert.equal(`${printed.join("\n")}\n`, output);
  } finally {
    await rm(folder, { recursive: true });
  }
});
