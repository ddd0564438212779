import type { Compiler } from "../compiler.ts";
import { isJson, parseMediaType } from "../content/media-type.ts";
import { findingOfReading, Malformed } from "../malformed.ts";
import type { Finding } from "../schema/finding.ts";
import type { Site } from "../site.ts";
import type { Fault } from "../types.ts";
import { coerce } from "./coerce.ts";
import { type Place, type Read, readerOf } from "./reader.ts";
import type { Sources } from "./sources.ts";
import { Ready } from "./tree.ts";

/** A parameter of an operation, or a header of a response. */
export interface Parameter {
  readonly place: Place;
  /** Reads and checks it: its value goes to `values`, what is wrong to `faults`. */
  take(sources: Sources, values: Record<string, unknown>, faults: Fault[]): void;
}

/** Compiles a parameter from its object in the document. `others` are the names of the others in its place. */
export function compileParameter(
  site: Site,
  place: Place,
  name: string,
  others: ReadonlySet<string>,
  compiler: Compiler,
): Parameter {
  const content = site.child("content")?.entries()[0];
  // All cookies are secrets; of others the name tells.
  const called = place === "cookie" ? `cookie ${name}` : name;
  const rules = compiler.rules(content === undefined ? site.schema : content[1].schema, called);
  const shape = content === undefined ? rules.shape : compiler.rules(undefined, called).shape;
  const written = readerOf({ place, name, node: site.node, shape, others });
  const read = content !== undefined && isJson(parseMediaType(content[0])) ? jsonReader(written) : written;
  const required = site.node.required === true;
  const mayBeEmpty = site.node.allowEmptyValue === true;
  const key = place === "header" ? name.toLowerCase() : name;

  const blame = (faults: Fault[], found: readonly Finding[]) => {
    for (const { pointer, expected, got } of found) faults.push({ in: place, name, pointer, expected, got });
  };
  return {
    place,
    take(sources, values, faults) {
      try {
        const tree = read(sources);
        if (tree === undefined) {
          if (required) blame(faults, ABSENT);
          const substitute = required ? undefined : rules.substitute();
          if (substitute !== undefined) values[key] = substitute;
          return;
        }
        if (tree === "" && mayBeEmpty) {
          values[key] = "";
          return;
        }
        const { value, exact } = coerce(tree, rules.shape);
        const found = rules.check(value, false);
        if (found !== undefined) return blame(faults, found);
        rules.fill?.(exact);
        values[key] = exact;
      } catch (error) {
        blame(faults, [findingOfReading(error instanceof Malformed ? error.unlessSecret(called, "") : error)]);
      }
    },
  };
}

const ABSENT: readonly Finding[] = [{ pointer: "", expected: "present", got: "none" }];

/** A parameter with a content type of JSON is that, in text. */
function jsonReader(read: Read): Read {
  return (sources) => {
    const text = read(sources);
    if (typeof text !== "string") return text;
    try {
      return new Ready(JSON.parse(text));
    } catch {
      throw new Malformed("JSON", "other text");
    }
  };
}
