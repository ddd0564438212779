import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describeFault, loadOpenApi, type OpenApiDocument, type Operation } from "../../lib/openapi/index.ts";
import { type Bundle, bundle } from "../../lib/openapi/source/bundle.ts";
import { Files, type SourceFile } from "../../lib/openapi/source/files.ts";
import { Places } from "../../lib/openapi/source/places.ts";
import type { ReplyResult, RequestInput, RequestResult } from "../../lib/openapi/types.ts";

/** The path of a file in fixtures/. */
export function fixture(name: string): string {
  return join(import.meta.dirname, "fixtures", name);
}

/** Loads a document from files that are written for it and removed again; the first is the main one. */
export async function loadFiles(files: Readonly<Record<string, string | object>>): Promise<OpenApiDocument> {
  const folder = await mkdtemp(join(tmpdir(), "urocket-openapi-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
    }
    return await loadOpenApi(join(folder, Object.keys(files)[0] ?? ""));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A document of components only, as the inner parts see it. */
export async function bundleOf(components: object, version: Version): Promise<Bundle> {
  const info = { title: "test", version: "1" };
  const data = { openapi: version, info, paths: {}, components };
  const file: SourceFile = { name: "a.json", path: "/a.json", data, places: new Places(JSON.stringify(data)) };
  return bundle(file, version === "3.0.3" ? "3.0" : "3.1", new Files("/a.json"));
}

export type Version = "3.0.3" | "3.1.0";

/** A document with one operation, `post /`, in one file. */
export async function operationOf(
  operation: object,
  { version = "3.0.3", path = "/", components = {} }: { version?: Version; path?: string; components?: object } = {},
): Promise<Operation> {
  const document = await loadFiles({
    "document.json": {
      openapi: version,
      info: { title: "test", version: "1" },
      paths: { [path]: { post: { responses: { 200: { description: "ok" } }, ...operation } } },
      components,
    },
  });
  return operationAt(document, path, "post");
}

/** An operation that has to be there. */
export function operationAt(document: OpenApiDocument, path: string, verb: string): Operation {
  const operation = document.operation(path, verb);
  if (operation === undefined) throw new Error(`no ${verb} ${path} in the document`);
  return operation;
}

/** An operation that takes JSON by a schema. */
export function jsonOperation(schema: unknown, version: Version = "3.0.3", schemas: object = {}): Promise<Operation> {
  const requestBody = { content: { "application/json": { schema } } };
  return operationOf({ requestBody }, { version, components: { schemas } });
}

/** A request: by default one without anything. */
export function request(parts: Partial<Omit<RequestInput, "body">> & { body?: string | Buffer } = {}): RequestInput {
  const { body = "", ...rest } = parts;
  return { params: {}, query: "", headers: {}, ...rest, body: typeof body === "string" ? Buffer.from(body) : body };
}

/** A request with a JSON body. */
export function jsonRequest(value: unknown): RequestInput {
  return request({ headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
}

/** The faults as lines; none for what is valid. */
export function faultsOf(result: RequestResult | ReplyResult): string[] {
  return result.ok ? [] : result.faults.map(describeFault);
}
