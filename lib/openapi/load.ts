import { resolve } from "node:path";
import { Document } from "./document.ts";
import { OpenApiError, type Position } from "./error.ts";
import { isObject } from "./json.ts";
import { show } from "./show.ts";
import { bundle } from "./source/bundle.ts";
import { Files, type SourceFile } from "./source/files.ts";
import { checkStructure } from "./source/structure.ts";
import type { OpenApiDocument, Version } from "./types.ts";

/**
 * Reads an OpenAPI document, 3.0 or 3.1, in YAML or JSON, with the neighbour files it refers to. Throws
 * {@link OpenApiError} with the mistakes in it; a file that can't be read is one too.
 *
 * @example
 * const document = await loadOpenApi("pets.yaml");
 * const operation = document.operation("/pets/{petId}", "get");
 */
export async function loadOpenApi(file: string): Promise<OpenApiDocument> {
  const files = new Files(file);
  try {
    const main = await readMain(file, files);
    const bundled = await bundle(main, versionOf(main), files);
    await checkStructure(bundled);
    return new Document(bundled);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw mistake(
      file,
      undefined,
      "",
      "expected a document nested less deeply, got more levels than can be read",
      cause,
    );
  }
}

async function readMain(file: string, files: Files): Promise<SourceFile> {
  try {
    return await files.read(resolve(file));
  } catch (cause) {
    if (cause instanceof OpenApiError) throw cause;
    throw mistake(file, undefined, "", `expected a file that can be read, got ${(cause as Error).message}`, cause);
  }
}

function versionOf({ name, data, places }: SourceFile): Version {
  if (!isObject(data)) {
    throw mistake(name, places.find(""), "", `expected an OpenAPI document, got ${show(data ?? undefined)}`);
  }
  const { openapi, swagger } = data;
  const [, version] = typeof openapi === "string" ? (/^(3\.[01])\.\d/.exec(openapi) ?? []) : [];
  if (version !== undefined) return version as Version;
  const got = openapi === undefined && swagger !== undefined ? `swagger ${show(swagger)}` : show(openapi);
  throw mistake(name, places.find("/openapi"), "/openapi", `expected \`openapi\` to be "3.0.x" or "3.1.x", got ${got}`);
}

function mistake(file: string, position: Position | undefined, pointer: string, message: string, cause?: unknown) {
  return new OpenApiError([{ file, position, pointer, message }], { cause });
}
