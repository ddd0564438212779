import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { loadFiles, operationAt, request } from "./documents.ts";

const PAGE = join(import.meta.dirname, "../../docs/openapi.md");
const LIBRARY = join(import.meta.dirname, "../../lib/openapi/index.ts");

/** The blocks of the page in a language, in order. */
async function blocks(language: string): Promise<string[]> {
  const page = await readFile(PAGE, "utf8");
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, name, text]) =>
    name === language && text !== undefined ? [text] : [],
  );
}

test("each request on the page has the result that follows it", async () => {
  const [yaml = ""] = await blocks("yaml");
  const document = await loadFiles({ "pets.yaml": yaml });
  const operation = operationAt(document, "/pets/{petId}/visits", "post");
  const [requests, results] = [await blocks("http"), await blocks("json")];
  assert.equal(requests.length, results.length);
  assert.ok(requests.length > 0);
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
    const [yaml = ""] = await blocks("yaml");
    const [program = ""] = await blocks("ts");
    const [output = ""] = await blocks("text");
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
