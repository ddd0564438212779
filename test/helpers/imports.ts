import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

/** File → what it imports: paths of files below the same root, and names of packages. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Reads the imports of every TypeScript file below a folder, types and dynamic ones too. Paths are relative to it. */
export function readImports(root: string): Imports {
  const imports = new Map<string, readonly string[]>();
  for (const file of filesBelow(root, /\.ts$/)) {
    const found = [...readFileSync(join(root, file), "utf8").matchAll(SPECIFIER)].map(
      ([, , specifier = ""]) => specifier,
    );
    imports.set(
      file,
      found.map((specifier) => (specifier.startsWith(".") ? normalize(join(dirname(file), specifier)) : specifier)),
    );
  }
  return imports;
}

/** Files below a folder whose name matches, relative to it. */
export function filesBelow(root: string, name: RegExp): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** `from "x"`, `import "x"`, `import("x")`, `require("x")`, wherever a statement may break its lines. */
const SPECIFIER = /\b(from\s*|import\s*\(?\s*|require\s*\(\s*)"([^"]+)"/g;

/** The first circle of imports, as the files along it; undefined when there is none. */
export function findCycle(imports: Imports): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const cycle = imports.has(next) ? visit(next, [...path, file]) : undefined;
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
