import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { compilePattern } from "./pattern.ts";
import { isUnique } from "./unique.ts";

/**
 * A validator for values that strangers send. `thorough` finds every fault; without, the first one ends the search, so
 * that a large body full of faults costs no more than a good one.
 */
export function createAjv(thorough: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: thorough,
    // Errors carry the schema and the data that they are about.
    verbose: true,
    // `required: [constructor]` is about members, not about what every object inherits.
    ownProperties: true,
    logger: false,
    // Documents were checked as a whole already.
    validateSchema: false,
    code: { regExp },
  });
  formats.default(ajv);
  ajv.addFormat("regex", (pattern) => compilePattern(pattern) !== undefined);
  // The one that comes with ajv compares every item with every other: minutes for a body of a megabyte.
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    validate: (wanted: boolean, items: unknown[]) => !wanted || isUnique(items),
  });
  return ajv;
}

/** `code` is what ajv would print into a stand-alone module, which is never asked for here. */
const regExp = Object.assign(
  (pattern: string): RegExp => {
    const compiled = compilePattern(pattern);
    if (compiled === undefined) throw new SyntaxError(`expected a regular expression, got ${pattern}`);
    return compiled;
  },
  { code: "new RegExp" },
);
