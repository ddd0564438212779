import type { MistakeList } from "./mistakes.ts";
import { isPattern } from "./path.ts";
import { configSchema } from "./schema.ts";
import type { Schema } from "./schema-type.ts";
import { show } from "./show.ts";
import { type DataMap, isDataMap, type Tree } from "./tree.ts";
import { isKeyUnavailable, type Unavailable } from "./unavailable.ts";
import { either } from "./wanted.ts";

/** Notes every setting that is understood and can't be done yet. */
export function checkAvailable({ root, places }: Tree, table: Unavailable, mistakes: MistakeList): void {
  walk(root, configSchema);

  // The schema has no cycle, so this ends even where aliases make the data one.
  function walk(data: unknown, schema: Schema): void {
    if (!isDataMap(data)) return;
    for (const [key, value] of Object.entries(data)) {
      const inner = schemaOf(key, schema);
      if (inner === undefined || !isNew(data, key, value, schema, inner)) continue;
      walk(value, inner);
    }
  }

  /** False for what has been noted. */
  function isNew(data: DataMap, key: string, value: unknown, schema: Schema, inner: Schema): boolean {
    const place = places.get(data, key);
    const keys = schema.keys ?? "";
    if (place === undefined) return false;
    if (isKeyUnavailable(keys, key, table)) {
      mistakes.add(place.key, `expected ${keys}, got \`${place.name}\`, which is not available in this version`);
      return false;
    }
    if (table.patterns && keys === "a path" && isPattern(key)) {
      mistakes.add(place.key, `expected a fixed path, got \`${key}\`: patterns are not available in this version`);
    }
    const entry = Object.hasOwn(table.values, key) ? table.values[key] : undefined;
    if (entry?.values.includes(value) === true) {
      const others = (inner.enum ?? [true, false]).filter((choice) => !entry.values.includes(choice));
      mistakes.add(
        place.value,
        `expected \`${place.name}\` to be ${either(others.map(show))}, got ${show(value)}: ` +
          `${entry.what} is not available in this version`,
      );
    }
    return true;
  }
}

function schemaOf(key: string, { properties = {}, additionalProperties }: Schema): Schema | undefined {
  const inner = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  if (typeof inner !== "object") return undefined;
  return inner.$ref === "#/definitions/route" ? configSchema.definitions?.route : inner;
}
