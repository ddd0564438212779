import { Malformed } from "../malformed.ts";
import { count, show } from "../show.ts";
import type { Tree } from "./tree.ts";

/** Turns a piece of raw text into what it means. */
export type Decode = (text: string) => string;

/** `a,b` as a list; nothing between delimiters is an empty text. */
export function list(pieces: readonly string[], decode: Decode): Tree {
  return pieces.map(decode);
}

/** `name,value,name,value` as texts by name; throws {@link Malformed}. */
export function alternating(pieces: readonly string[], decode: Decode): Tree {
  if (pieces.length % 2 !== 0) throw new Malformed("names and values in turn", count(pieces.length, "piece"));
  const members = new Map<string, Tree>();
  for (let index = 0; index < pieces.length; index += 2) {
    members.set(decode(pieces[index] ?? ""), decode(pieces[index + 1] ?? ""));
  }
  return members;
}

/** `name=value` pieces as texts by name; throws {@link Malformed}. */
export function pairs(pieces: readonly string[], decode: Decode): Tree {
  const members = new Map<string, Tree>();
  for (const piece of pieces) {
    const equals = piece.indexOf("=");
    if (equals < 0) throw new Malformed("pairs of name=value", show(piece));
    members.set(decode(piece.slice(0, equals)), decode(piece.slice(equals + 1)));
  }
  return members;
}
