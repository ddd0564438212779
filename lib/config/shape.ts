import { Ajv, type ValidateFunction } from "ajv";
import { explain } from "./explain.ts";
import { KINDS, type Kind } from "./kinds.ts";
import type { MistakeList } from "./mistakes.ts";
import { configSchema } from "./schema.ts";
import type { Tree } from "./tree.ts";

/** Notes every place where the data is not what the schema says. */
export function checkShape(tree: Tree, mistakes: MistakeList): void {
  validate ??= compile();
  if (validate(tree.root)) return;
  for (const error of validate.errors ?? []) {
    const explained = explain(error, tree);
    if (explained !== undefined) mistakes.add(explained.offset, explained.message);
  }
}

let validate: ValidateFunction | undefined;

function compile(): ValidateFunction {
  // verbose: errors carry the schema and the data that they are about. inlineRefs: a definition is compiled once instead
  // of once for each place that names it, which takes seven times as long and 100 MB more of memory.
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, inlineRefs: false });
  ajv.addKeyword({
    keyword: "kind",
    schemaType: "string",
    validate: (kind: Kind, value: unknown) => KINDS[kind](value),
  });
  for (const keyword of ["keys", "otherwise"]) ajv.addKeyword({ keyword, schemaType: "string" });
  return ajv.compile(configSchema);
}
