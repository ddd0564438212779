import type { Ajv2020 } from "ajv/dist/2020.js";

/**
 * Compiles schemas that ajv knows by these ids, one after the other. By itself ajv goes into each reference at once, and a
 * few hundred schemas that lead to each other, as large APIs have them, are more than the stack holds. It goes into none
 * that it takes to be under way already: to those the code refers by name, as it does where schemas contain each other.
 */
export function compileAll(ajv: Ajv2020, ids: readonly string[]): void {
  const schemas = ids.flatMap((id) => ajv.schemas[id] ?? []);
  const underWay = ajv._compilations;
  for (const schema of schemas) underWay.add(schema);
  try {
    // The last first: what others refer to is then there more often than not, and called directly.
    for (const id of ids.toReversed()) {
      const schema = ajv.schemas[id];
      if (schema !== undefined) underWay.delete(schema);
      ajv.getSchema(id);
    }
  } finally {
    for (const schema of schemas) underWay.delete(schema);
  }
}
