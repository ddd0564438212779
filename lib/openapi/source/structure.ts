import { Validator } from "@seriousme/openapi-schema-validator";
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Mistake, OpenApiError } from "../error.ts";
import { isObject } from "../json.ts";
import { joinPointer, segmentsOf } from "../pointer.ts";
import { DIALECT, isKnownDialect } from "../schema/dialect.ts";
import { findingOf } from "../schema/finding.ts";
import { compilePattern } from "../schema/pattern.ts";
import { show } from "../show.ts";
import type { Bundle } from "./bundle.ts";
import { childrenOf, type Kind } from "./grammar.ts";
import { relevantErrors } from "./structure-errors.ts";

/** Throws {@link OpenApiError} for a document that is not what its version of the specification says. */
export async function checkStructure({ document, version, origins }: Bundle): Promise<void> {
  const mistakes = new Map<string, Mistake>();
  const add = (base: string, errors: readonly ErrorObject[]) => {
    for (const error of relevantErrors(errors)) {
      const { pointer, expected, got } = findingOf(error, base, "");
      const name = segmentsOf(pointer).at(-1);
      const message = `expected ${name === undefined ? "the document" : `\`${name}\``} to be ${expected}, got ${got}`;
      mistakes.set(`${pointer} ${message}`, origins.mistake(pointer, message));
    }
  };
  validator ??= new Validator({ allErrors: true, verbose: true });
  const { errors } = await validator.validate(document);
  // A text is the validator's own look at references, which takes those in examples for real; ours were followed already.
  if (Array.isArray(errors)) add("", errors);
  // Its schema of 3.1 leaves the schemas in the document to their own dialect.
  if (version === "3.1") checkSchemas(document, "document", "", add);
  const { jsonSchemaDialect = DIALECT } = document;
  if (!isKnownDialect(jsonSchemaDialect)) {
    const message = `expected \`jsonSchemaDialect\` to be "${DIALECT}", got ${show(jsonSchemaDialect)}`;
    mistakes.set(message, origins.mistake("/jsonSchemaDialect", message));
  }
  checkPatterns(document, "document", "", (pointer, pattern) => {
    mistakes.set(pointer, origins.mistake(pointer, `expected a regular expression, got ${show(pattern)}`));
  });
  if (mistakes.size > 0) throw new OpenApiError([...mistakes.values()]);
}

/** Made when the first document is checked, for they compile large schemas of their own. */
let validator: Validator | undefined;
let dialect: Ajv2020 | undefined;

type Add = (pointer: string, errors: readonly ErrorObject[]) => void;

function checkSchemas(node: unknown, kind: Kind, pointer: string, add: Add): void {
  dialect ??= new Ajv2020(META_OPTIONS);
  for (const child of childrenOf(node, kind, pointer)) {
    if (child.kind !== "schema") {
      checkSchemas(child.node, child.kind, child.pointer, add);
    } else if (!dialect.validate(DIALECT, child.node)) {
      add(child.pointer, dialect.errors ?? []);
    }
  }
}

const META_OPTIONS = { strict: false, allErrors: true, verbose: true, logger: false, validateFormats: false } as const;

function checkPatterns(
  node: unknown,
  kind: Kind,
  pointer: string,
  add: (pointer: string, pattern: string) => void,
): void {
  if (kind === "schema" && isObject(node)) {
    const { pattern, patternProperties } = node;
    if (typeof pattern === "string" && compilePattern(pattern) === undefined)
      add(joinPointer(pointer, "pattern"), pattern);
    for (const source of isObject(patternProperties) ? Object.keys(patternProperties) : []) {
      if (compilePattern(source) === undefined)
        add(joinPointer(joinPointer(pointer, "patternProperties"), source), source);
    }
  }
  for (const child of childrenOf(node, kind, pointer)) checkPatterns(child.node, child.kind, child.pointer, add);
}
