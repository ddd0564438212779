import { joinPointer } from "../pointer.ts";
import type { Bundle } from "../source/bundle.ts";
import { branches, type Part, partsOf } from "./parts.ts";

/** Every schema that may apply to a value of one of the schemas at the pointers: what always does, and what could. */
export function* alternativesOf(
  bundle: Bundle,
  pointers: readonly string[],
  seen = new Set<string>(),
): Generator<Part> {
  for (const start of pointers) {
    // A schema may be met again by way of another: once is enough.
    for (const part of partsOf(bundle, start, seen)) {
      yield part;
      const { node, pointer } = part;
      const unions = ["anyOf", "oneOf"].flatMap((keyword) => branches(node, pointer, keyword));
      const conditional = ["then", "else"].filter((keyword) => Object.hasOwn(node, keyword));
      const places = conditional.map((keyword) => joinPointer(pointer, keyword));
      yield* alternativesOf(bundle, [...unions, ...places], seen);
    }
  }
}
