import type { ErrorObject } from "ajv";
import type { Place } from "./places.ts";
import type { Schema } from "./schema-type.ts";
import { show } from "./show.ts";
import { suggest } from "./suggest.ts";
import type { Tree } from "./tree.ts";
import { wanted } from "./wanted.ts";

/** A finding of ajv in the words of our messages, and the offset it belongs to; undefined when another one says it. */
export function explain(error: ErrorObject, tree: Tree): { offset: number; message: string } | undefined {
  const schema = error.parentSchema as Schema;
  const place = find(error.instancePath, tree);
  switch (error.keyword) {
    case "if":
      return undefined;
    case "additionalProperties":
      return unknownKey(error, schema, tree, place);
    case "required":
      return {
        offset: place.key,
        message: `expected ${place.name} to have \`${error.params.missingProperty}\`, got none`,
      };
    case "minProperties":
      return { offset: place.value, message: `expected ${place.name} to have at least one entry, got an empty map` };
    default: {
      const message = `expected ${place.name} to be ${wanted(schema)}, got ${show(error.data)}`;
      return { offset: place.value, message: isUnquoted(error.data, schema) ? `${message}; quote it` : message };
    }
  }
}

/** A word that YAML takes for a number or a truth value. */
function isUnquoted(data: unknown, schema: Schema): boolean {
  const asked = wanted(schema);
  return /^a string(?! or)/.test(asked) && (typeof data === "number" || typeof data === "boolean");
}

const ROOT: Place = { name: "the configuration", key: 0, value: 0, end: 0 };

/** Walks a JSON pointer down the data to the entry it names, its name quoted for the message. */
function find(pointer: string, { root, places }: Tree): Place {
  let place = ROOT;
  let data = root;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const holder = data as Record<string, unknown>;
    const entry = places.get(holder, key);
    if (entry !== undefined) place = { ...entry, name: `\`${entry.name}\`` };
    data = holder[key];
  }
  return place;
}

function unknownKey(
  error: ErrorObject,
  schema: Schema,
  tree: Tree,
  holder: Place,
): { offset: number; message: string } {
  const key = String(error.params.additionalProperty);
  const entry = tree.places.get(error.data as object, key);
  const keys = schema.keys ?? "a known key";
  const known = Object.keys(schema.properties ?? {});
  const near = suggest(key, known);
  const hint = near === undefined ? `; known are ${known.join(", ")}` : `; did you mean \`${near}\`?`;
  return { offset: entry?.key ?? holder.key, message: `expected ${keys}, got \`${entry?.name ?? key}\`${hint}` };
}
