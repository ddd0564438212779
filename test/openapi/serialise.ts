/** Writes parameters as RFC 6570 and the styles of OpenAPI have them: the other side of what is tested. */
export type Value =
  | string
  | number
  | boolean
  | readonly (string | number)[]
  | Readonly<Record<string, string | number>>;

/** A parameter `name` in a query, as fields joined with "&". */
export function writeQuery(name: string, value: Value, style: string, explode: boolean): string {
  const key = encode(name);
  if (!isCompound(value)) return `${key}=${encode(value)}`;
  if (style === "deepObject") {
    return Object.entries(value)
      .map(([member, item]) => `${key}[${encode(member)}]=${encode(item)}`)
      .join("&");
  }
  if (explode) {
    if (Array.isArray(value)) return value.map((item) => `${key}=${encode(item)}`).join("&");
    return Object.entries(value)
      .map(([member, item]) => `${encode(member)}=${encode(item)}`)
      .join("&");
  }
  return `${key}=${flat(value).join(DELIMITERS[style] ?? ",")}`;
}

/** A parameter `name` as a segment of a path. */
export function writePath(name: string, value: Value, style: string, explode: boolean): string {
  const prefix = { label: ".", matrix: ";" }[style] ?? "";
  const named = style === "matrix" ? `${encode(name)}=` : "";
  if (!isCompound(value)) return prefix + named + encode(value);
  if (!explode) return prefix + named + flat(value).join(",");
  if (!Array.isArray(value))
    return (
      prefix +
      Object.entries(value)
        .map(([key, item]) => `${encode(key)}=${encode(item)}`)
        .join(prefix || ",")
    );
  return prefix + value.map((item) => named + encode(item)).join(prefix || ",");
}

const DELIMITERS: Readonly<Record<string, string>> = { spaceDelimited: "%20", pipeDelimited: "|" };

function isCompound(value: Value): value is Exclude<Value, string | number | boolean> {
  return typeof value === "object";
}

function flat(value: object): string[] {
  if (Array.isArray(value)) return value.map(encode);
  return Object.entries(value).flatMap(([key, item]) => [encode(key), encode(item)]);
}

/** Everything but unreserved characters (RFC 3986, 2.3), and the dot, which one style separates with. */
function encode(value: unknown): string {
  return encodeURIComponent(String(value)).replace(
    /[!'()*.]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
