import { editorSchema } from "../config/index.ts";
import { OK } from "./exit-codes.ts";
import { print, printJson } from "./print.ts";

/** Prints the JSON Schema of the configuration file, for editors; on one line for programs. */
export async function schema({ json = false }: { readonly json?: boolean }): Promise<number> {
  if (json) await printJson(editorSchema());
  else await print(`${JSON.stringify(editorSchema(), undefined, 2)}\n`);
  return OK;
}
