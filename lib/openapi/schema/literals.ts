import { isObject } from "../json.ts";
import { follow } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";
import { members, partsOf } from "./parts.ts";

/** The properties of a schema that can only have some texts as their values, with these. */
export function literalsOf(bundle: Bundle, pointer: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const part of partsOf(bundle, pointer)) {
    for (const [name, place] of members(part.node, part.pointer, "properties")) {
      const { node } = follow(bundle, place);
      // What may be missing in one direction can't be relied on.
      if (!isObject(node) || node.readOnly === true || node.writeOnly === true) continue;
      const values = Array.isArray(node.enum) ? node.enum : [node.const];
      const texts = values.filter((value) => typeof value === "string");
      if (texts.length > 0 && texts.length === values.length) found.set(name, [...new Set(texts)]);
    }
  }
  return found;
}

/** The properties that a schema requires. */
export function requiredOf(bundle: Bundle, pointer: string): Set<string> {
  const names = new Set<string>();
  for (const { node } of partsOf(bundle, pointer)) {
    for (const name of Array.isArray(node.required) ? node.required : []) names.add(name);
  }
  return names;
}
