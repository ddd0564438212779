import type { Compiler } from "../compiler.ts";
import { mistakeAt, type Site } from "../site.ts";
import { compileParameter, type Parameter } from "./parameter.ts";
import type { Place } from "./reader.ts";

/**
 * The parameters of an operation: those of its path, replaced by its own where both have one. Throws OpenApiError where
 * the parameters in the path are others than those that are declared.
 */
export function compileParameters(path: string, pathItem: Site, operation: Site, compiler: Compiler): Parameter[] {
  const declared = new Map<string, Declared>();
  for (const owner of [pathItem, operation]) {
    for (const [key, parameter] of declaredBy(owner)) declared.set(key, parameter);
  }
  checkPath(path, operation, declared);
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

function declaredBy(owner: Site): Map<string, Declared> {
  const declared = new Map<string, Declared>();
  for (const site of owner.list("parameters")) {
    const place = site.node.in as Place;
    const name = String(site.node.name);
    if (place === "header" && HEADERS_OF_OTHERS.has(name.toLowerCase())) continue;
    const key = `${place} ${place === "header" ? name.toLowerCase() : name}`;
    if (declared.has(key)) throw mistakeAt(owner.bundle, site.pointer, `expected ${key} once, got it again`);
    declared.set(key, { site, place, name });
  }
  return declared;
}

function checkPath(path: string, { bundle, pointer }: Site, declared: ReadonlyMap<string, Declared>): void {
  const names = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name));
  for (const { site, place, name } of declared.values()) {
    if (place !== "path" || names.has(name)) continue;
    throw mistakeAt(bundle, site.pointer, `expected \`${path}\` to have {${name}}, got none`);
  }
  for (const name of names) {
    if (declared.has(`path ${name}`)) continue;
    throw mistakeAt(bundle, pointer, `expected a parameter for {${name}} of \`${path}\`, got none`);
  }
}
