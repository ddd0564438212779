import type { Compiler } from "../compiler.ts";
import { mistakeAt, type Site } from "../site.ts";
import { compileParameter, type Parameter } from "./parameter.ts";
import type { Place } from "./reader.ts";

/**
 * The parameters of an operation: those of its path, replaced by its own where both have one. Throws OpenApiError for a
 * path parameter that the path does not have.
 */
export function compileParameters(path: string, pathItem: Site, operation: Site, compiler: Compiler): Parameter[] {
  const declared = new Map<string, Declared>();
  for (const site of [pathItem, operation].flatMap((owner) => owner.list("parameters"))) {
    const place = site.node.in as Place;
    const name = String(site.node.name);
    if (place === "header" && HEADERS_OF_OTHERS.has(name.toLowerCase())) continue;
    if (place === "path" && !path.includes(`{${name}}`)) {
      throw mistakeAt(compiler.bundle, site.pointer, `expected \`${path}\` to have {${name}}, got none`);
    }
    declared.set(`${place} ${place === "header" ? name.toLowerCase() : name}`, { site, place, name });
  }
  return [...declared.values()].map(({ site, place, name }) => {
    const others = new Set<string>();
    for (const other of declared.values()) if (other.place === place && other.name !== name) others.add(other.name);
    return compileParameter(site, place, name, others, compiler);
  });
}

interface Declared {
  readonly site: Site;
  readonly place: Place;
  readonly name: string;
}

/** The specification describes these elsewhere, and a parameter of such a name is to be ignored. */
const HEADERS_OF_OTHERS = new Set(["accept", "content-type", "authorization"]);
