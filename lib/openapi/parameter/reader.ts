import type { JsonObject } from "../json.ts";
import type { Shape } from "../schema/shape.ts";
import { type FieldStyle, readFields } from "./field-style.ts";
import { type PathStyle, readHeader, readPath } from "./path-style.ts";
import { formDecode, percentDecode } from "./percent.ts";
import type { Sources } from "./sources.ts";
import type { Tree } from "./tree.ts";
import { wantOf } from "./want.ts";

/** Where parameters are. */
export type Place = "path" | "query" | "header" | "cookie";

/** Finds a parameter in a request and takes it apart; undefined where it is absent. Throws Malformed. */
export type Read = (sources: Sources) => Tree | undefined;

/** What a reader has to know of a parameter. */
export interface Described {
  readonly place: Place;
  readonly name: string;
  /** Its object in the document, for `style`, `explode` and `allowReserved`. */
  readonly node: JsonObject;
  readonly shape: Shape;
  /** The names of the other parameters of its place. */
  readonly others: ReadonlySet<string>;
}

/** The reader of a parameter. */
export function readerOf({ place, name, node, shape, others }: Described): Read {
  const style =
    typeof node.style === "string" ? node.style : place === "query" || place === "cookie" ? "form" : "simple";
  const explode = typeof node.explode === "boolean" ? node.explode : style === "form";
  const how: PathStyle = { name, style, explode, want: wantOf(shape) };
  if (place === "path") return ({ params }) => readOwn(params, name, how, readPath);
  if (place === "header") return ({ headers }) => readOwn(headers, name.toLowerCase(), how, readHeader);
  // With reserved characters allowed as they are, a plus is one.
  const queryDecode = node.allowReserved === true ? percentDecode : formDecode;
  const fieldStyle: FieldStyle = { ...how, shape, others, decode: place === "query" ? queryDecode : cookieDecode };
  return (sources) => readFields(place === "query" ? sources.fields : sources.cookies, fieldStyle);
}

function readOwn(
  texts: Readonly<Record<string, string>>,
  name: string,
  how: PathStyle,
  read: (text: string, how: PathStyle) => Tree,
): Tree | undefined {
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  return text === undefined ? undefined : read(text, how);
}

/** Cookies need not be percent-encoded, so a percent sign may just be one. */
function cookieDecode(text: string): string {
  try {
    return percentDecode(text);
  } catch {
    return text;
  }
}
