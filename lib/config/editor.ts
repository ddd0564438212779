import { EDITOR_KINDS } from "./editor-kinds.ts";
import { configSchema } from "./schema.ts";
import type { Schema } from "./schema-type.ts";

/**
 * The configuration file as JSON Schema (draft 7) for editors: only words of the standard, and every spelling of a key
 * that the file may have.
 *
 * @example
 * writeFileSync("urocket.schema.json", JSON.stringify(editorSchema()));
 */
export function editorSchema(): object {
  return translate(configSchema, "#");
}

/** `pointer` is where the schema stands in what is made of it. */
function translate(schema: Schema, pointer: string): object {
  const { kind, keys, otherwise, properties, additionalProperties, definitions, items, ...standard } = schema;
  return {
    ...standard,
    ...(kind !== undefined && EDITOR_KINDS[kind]),
    ...(items !== undefined && { items: translate(items, `${pointer}/items`) }),
    ...(properties !== undefined && { properties: translateAll(properties, `${pointer}/properties`) }),
    ...(properties !== undefined && { patternProperties: spellings(properties, `${pointer}/properties`) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === "boolean"
          ? additionalProperties
          : translate(additionalProperties, `${pointer}/additionalProperties`),
    }),
    ...(definitions !== undefined && { definitions: translateAll(definitions, `${pointer}/definitions`) }),
  };
}

function translateAll(schemas: Readonly<Record<string, Schema>>, pointer: string): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([key, schema]) => [key, translate(schema, `${pointer}/${key}`)]),
  );
}

/** `validate-in`, `Validate_In`, ...: each key again, as a pattern of all its spellings but the plain one. */
function spellings(properties: Readonly<Record<string, Schema>>, pointer: string): object {
  return Object.fromEntries(
    Object.keys(properties).map((key) => {
      const letters = [...key].map((letter) => `[${letter}${letter.toUpperCase()}]`);
      return [`^(?!${key}$)${letters.join("[-_]?")}$`, { $ref: `${pointer}/${key}` }];
    }),
  );
}
