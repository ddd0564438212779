import { formDecode } from "./percent.ts";

/** The fields of a query or a form: names decoded, values as they came, for what separates their parts must not be decoded. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** Splits `a=1&b=2&a=3`. A field without `=` has an empty value; a name that can't be decoded stays as it is. */
export function parseFields(text: string): Fields {
  const fields = new Map<string, string[]>();
  if (text === "") return fields;
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeName(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : pair.slice(equals + 1);
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return fields;
}

function decodeName(name: string): string {
  try {
    return formDecode(name);
  } catch {
    return name;
  }
}
