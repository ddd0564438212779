import { Malformed } from "../malformed.ts";
import { show } from "../show.ts";
import { alternating, type Decode, list, pairs } from "./delimited.ts";
import { percentDecode } from "./percent.ts";
import type { Tree } from "./tree.ts";
import type { Want } from "./want.ts";

/** How a parameter that is one piece of text is written. */
export interface PathStyle {
  readonly name: string;
  readonly style: string;
  readonly explode: boolean;
  readonly want: Want;
}

/** Takes a path parameter apart: `simple`, `label` or `matrix` as RFC 6570 writes them. Throws {@link Malformed}. */
export function readPath(text: string, how: PathStyle): Tree {
  if (how.style === "label") return readLabel(text, how);
  return how.style === "matrix" ? readMatrix(text, how) : readSimple(text, how, percentDecode);
}

/** Takes a header apart, which is `simple` and not percent-encoded. Throws {@link Malformed}. */
export function readHeader(text: string, how: PathStyle): Tree {
  return readSimple(text, how, (piece) => piece.trim());
}

function readSimple(text: string, { explode, want }: PathStyle, decode: Decode): Tree {
  if (want === "scalar") return decode(text);
  return compound(text === "" && want === "object" ? [] : text.split(","), want, explode, decode);
}

function readLabel(text: string, { explode, want }: PathStyle): Tree {
  if (!text.startsWith(".")) throw new Malformed("a value that begins with a dot", show(text));
  const rest = text.slice(1);
  if (want === "scalar") return percentDecode(rest);
  return compound(rest.split(explode ? "." : ","), want, explode, percentDecode);
}

/** `;color=blue`, `;color=blue,black` or, exploded, `;color=blue;color=black` and `;R=100;G=200`. */
function readMatrix(text: string, { name, explode, want }: PathStyle): Tree {
  if (!text.startsWith(";")) throw new Malformed("a value that begins with a semicolon", show(text));
  const pieces = text.slice(1).split(";");
  if (want === "object" && explode) return pairs(pieces, percentDecode);
  const values = pieces.map((piece) => {
    const equals = piece.indexOf("=");
    const key = percentDecode(equals < 0 ? piece : piece.slice(0, equals));
    if (key !== name) throw new Malformed(`of the form ;${name}=value`, show(text));
    return equals < 0 ? "" : piece.slice(equals + 1);
  });
  if (want === "array" && explode) return list(values, percentDecode);
  const [value = "", ...others] = values;
  if (others.length > 0) throw new Malformed(`of the form ;${name}=value`, show(text));
  return want === "scalar" ? percentDecode(value) : compound(value.split(","), want, false, percentDecode);
}

function compound(pieces: readonly string[], want: Want, explode: boolean, decode: Decode): Tree {
  if (want === "array") return list(pieces, decode);
  return explode ? pairs(pieces, decode) : alternating(pieces, decode);
}
