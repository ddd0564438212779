import type { Compiler, ValueRules } from "../compiler.ts";
import { jsonFault } from "../json-fault.ts";
import { findingOfReading } from "../malformed.ts";
import { coerce } from "../parameter/coerce.ts";
import { type Finding, finding } from "../schema/finding.ts";
import type { Site } from "../site.ts";
import type { Decoder } from "./charset.ts";
import { compileForm } from "./form.ts";
import { isForm, isJson, type MediaType } from "./media-type.ts";

/** What a body means, or what is wrong with it. */
export type BodyResult =
  | { readonly value: unknown; readonly filled: boolean; readonly faults: undefined }
  | { readonly faults: readonly Finding[] };

/** Reads and checks a body. */
export type ReadBody = (body: Buffer, decode: Decoder) => BodyResult;

/** How a body is read: the kinds of content that are understood, and bytes. */
export type BodyKind = "json" | "form" | "text" | "bytes";

/** What the content of a type is. */
export function kindOf(type: MediaType): BodyKind {
  if (isJson(type)) return "json";
  if (isForm(type)) return "form";
  return type.type === "text" ? "text" : "bytes";
}

/** Compiles the readers of a media type object, for every kind of content that its range may stand for. */
export function compileBody(site: Site, range: MediaType, compiler: Compiler): (kind: BodyKind) => ReadBody {
  const kinds: BodyKind[] = range.subtype === "*" ? ["json", "form", "text"] : [kindOf(range)];
  const readers = new Map<BodyKind, ReadBody>();
  for (const kind of kinds) {
    if (kind === "bytes") continue;
    const rules = compiler.rules(site.schema, "");
    readers.set(kind, kind === "json" ? jsonReader(rules) : textReader(kind, rules, site));
  }
  return (kind) => readers.get(kind) ?? readBytes;
}

/** From this size on a body is told its first fault only: to find all of them would cost far more than to find one. */
const LARGE = 16_384;

function jsonReader({ check, fill }: ValueRules): ReadBody {
  return guarded((body, decode) => {
    if (body.length === 0) return { faults: [finding("", "present", "none")] };
    const text = decode(body);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { faults: [notJson(text)] };
    }
    const faults = check(value, body.length > LARGE);
    return faults === undefined ? { value, filled: fill?.(value) ?? false, faults } : { faults };
  });
}

/** Up to this size the place is looked for where a text stops being JSON: reading it again takes longer than the parser took. */
const LONGEST_SEARCH = 1_048_576;

function notJson(text: string): Finding {
  const fault = text.length > LONGEST_SEARCH ? undefined : jsonFault(text);
  if (fault === undefined) return finding("", "JSON", "other text");
  const { expected, got, position } = fault;
  return finding("", `JSON with ${expected} at ${position.line}:${position.column}`, got);
}

function textReader(kind: "form" | "text", rules: ValueRules, site: Site): ReadBody {
  const { shape, check, fill } = rules;
  const readForm = kind === "form" ? compileForm(rules, site.child("encoding")) : undefined;
  return guarded((body, decode) => {
    const text = decode(body);
    const { value, exact } = readForm === undefined ? coerce(text, shape) : readForm(text);
    const faults = check(value, body.length > LARGE);
    return faults === undefined ? { value: exact, filled: fill?.(exact) ?? false, faults } : { faults };
  });
}

function readBytes(body: Buffer): BodyResult {
  return { value: body, filled: false, faults: undefined };
}

function guarded(read: ReadBody): ReadBody {
  return (body, decode) => {
    try {
      return read(body, decode);
    } catch (error) {
      return { faults: [findingOfReading(error)] };
    }
  };
}
