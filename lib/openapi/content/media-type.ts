/** A content type, or a range of them: everything in lower case, but for the values of parameters. */
export interface MediaType {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads `text/html; charset=utf-8` (RFC 9110, 8.3.1); undefined for what is no content type. */
export function parseMediaType(text: string): MediaType | undefined {
  const essence = ESSENCE.exec(text);
  if (essence === null) return undefined;
  const [whole, type = "", subtype = ""] = essence;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = whole.length;
  for (let end = whole.length; end < text.length; end = PARAMETER.lastIndex) {
    const parameter = PARAMETER.exec(text);
    if (parameter === null) return undefined;
    const [, name, token, quoted] = parameter;
    const value = token ?? quoted?.replaceAll(/\\(.)/g, "$1") ?? "";
    if (name !== undefined) parameters.set(name.toLowerCase(), value);
  }
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters };
}

/** How closely a range of the document names a type, the closest highest; -1 where it does not. */
export function closeness(range: MediaType, actual: MediaType): number {
  if (range.type !== "*" && range.type !== actual.type) return -1;
  if (range.subtype !== "*" && range.subtype !== actual.subtype) return -1;
  for (const [name, value] of range.parameters) {
    if (actual.parameters.get(name)?.toLowerCase() !== value.toLowerCase()) return -1;
  }
  return (range.type === "*" ? 0 : 1000) + (range.subtype === "*" ? 0 : 1000) + range.parameters.size;
}

/** Whether a body of the type is JSON. */
export function isJson(type: MediaType | undefined): boolean {
  return type !== undefined && (type.subtype === "json" || type.subtype.endsWith("+json"));
}

/** Whether a body of the type is a form of `name=value` fields. */
export function isForm({ type, subtype }: MediaType): boolean {
  return type === "application" && subtype === "x-www-form-urlencoded";
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const ESSENCE = new RegExp(`^[ \\t]*(${TOKEN})/(${TOKEN})[ \\t]*`);
// A semicolon with nothing behind it is forgiven, as everybody does.
const PARAMETER = new RegExp(`;[ \\t]*(?:(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)"))?[ \\t]*`, "y");
