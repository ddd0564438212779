import type { Bundle } from "../source/bundle.ts";
import type { Direction } from "../types.ts";
import { members, partsOf } from "./parts.ts";

/** Whether the property at a pointer is not meant for a direction: read-only in requests, write-only in replies. */
export function isMarked(bundle: Bundle, pointer: string, direction: Direction): boolean {
  const mark = direction === "request" ? "readOnly" : "writeOnly";
  for (const { node } of partsOf(bundle, pointer)) if (node[mark] === true) return true;
  return false;
}

/** The properties of the schema at a pointer that are not meant for a direction. */
export function markedNames(bundle: Bundle, pointer: string, direction: Direction): string[] {
  const names: string[] = [];
  for (const { node, pointer: place } of partsOf(bundle, pointer)) {
    for (const [name, property] of members(node, place, "properties")) {
      if (isMarked(bundle, property, direction)) names.push(name);
    }
  }
  return names;
}
