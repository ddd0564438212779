import { fileURLToPath, pathToFileURL } from "node:url";
import { OpenApiError } from "../error.ts";
import { joinPointer, pointerOfFragment, valueAt } from "../pointer.ts";
import { show } from "../show.ts";
import type { Files, SourceFile } from "./files.ts";
import type { Origin } from "./origins.ts";

/** What a `$ref` in a file names, or what is wrong with it. Nothing is ever fetched over the network. */
export async function targetOf(reference: string, from: SourceFile, files: Files): Promise<Origin | string> {
  const [path = "", ...fragments] = reference.split("#");
  const file = path === "" ? from : await read(path, from, files);
  if (typeof file === "string") return `expected \`$ref\` to name ${file}, got ${show(reference)}`;
  const fragment = fragments.join("#");
  const pointer = pointerOfFragment(fragment) ?? anchored(file.data, fragment, "");
  if (pointer !== undefined && valueAt(file.data, pointer) !== undefined) return { file, pointer };
  return `expected \`$ref\` to name something that exists, got ${show(reference)}`;
}

async function read(path: string, from: SourceFile, files: Files): Promise<SourceFile | string> {
  const local = localPath(path, from);
  if (local === undefined) {
    return "something in this document or in a file beside it (nothing is fetched over the network)";
  }
  try {
    return await files.read(local);
  } catch (error) {
    if (error instanceof OpenApiError) throw error;
    return `a file that can be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
  }
}

function localPath(path: string, from: SourceFile): string | undefined {
  try {
    // Throws for what is no URL, and for the URL of anything but a file of this machine.
    return fileURLToPath(new URL(path, pathToFileURL(from.path)));
  } catch {
    return undefined;
  }
}

/** The pointer to the schema with this `$anchor`. */
function anchored(node: unknown, anchor: string, pointer: string): string | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  if ((node as { $anchor?: unknown }).$anchor === anchor) return pointer;
  for (const [key, child] of Object.entries(node)) {
    const found = anchored(child, anchor, joinPointer(pointer, key));
    if (found !== undefined) return found;
  }
  return undefined;
}
