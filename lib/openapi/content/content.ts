import type { Compiler } from "../compiler.ts";
import { type Finding, finding } from "../schema/finding.ts";
import { show, showChoice } from "../show.ts";
import { mistakeAt, type Site } from "../site.ts";
import { type BodyKind, type BodyResult, compileBody, kindOf, type ReadBody } from "./body.ts";
import { decoderOf } from "./charset.ts";
import { closeness, type MediaType, parseMediaType } from "./media-type.ts";

/** What became of a body: read, faulty, or of a type that is not among those of the document. */
export type ContentResult = BodyResult | { readonly wrongType: Finding };

/** Reads bodies by their content type. */
export type ReadContent = (contentType: string | undefined, body: Buffer) => ContentResult;

/** Compiles a map of media types; the closest to the type of a body reads it. */
export function compileContent(content: Site, compiler: Compiler): ReadContent {
  const ranges = content.entries().map(([text, site]): Range => {
    const range = parseMediaType(text);
    if (range === undefined) throw mistakeAt(compiler.bundle, site.pointer, `expected a media type, got ${show(text)}`);
    return { range, reader: compileBody(site, range, compiler) };
  });
  const accepted = showChoice(
    content.entries().map(([text]) => text),
    MOST_TYPES,
  );
  return (contentType, body) => {
    const type = contentType === undefined ? undefined : parseMediaType(contentType);
    const closest = type === undefined ? undefined : closestTo(type, ranges);
    if (type === undefined || closest === undefined) {
      return { wrongType: finding("", accepted, show(contentType)) };
    }
    const decode = decoderOf(type.parameters.get("charset"));
    if (decode === undefined) return { wrongType: finding("", "in a charset that is known", show(contentType)) };
    return closest.reader(kindOf(type))(body, decode);
  };
}

/** Room for all the types that a document is likely to have: whoever sent another one wants to know them. */
const MOST_TYPES = 500;

interface Range {
  readonly range: MediaType;
  readonly reader: (kind: BodyKind) => ReadBody;
}

function closestTo(type: MediaType, ranges: readonly Range[]): Range | undefined {
  let closest: Range | undefined;
  let best = -1;
  for (const candidate of ranges) {
    const value = closeness(candidate.range, type);
    if (value <= best) continue;
    closest = candidate;
    best = value;
  }
  return closest;
}
