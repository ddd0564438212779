import { execFileSync } from "node:child_process";

/** The newest versions of the C and C++ libraries that the addon may ask for: those of node's own official builds. */
export const FLOOR = { GLIBC: "2.28", GLIBCXX: "3.4.21" } as const;

/** The newest version of each library that a compiled file asks for, whatever machine it is for. */
export function newestVersions(file: string): { readonly GLIBC: string; readonly GLIBCXX: string } {
  const table = execFileSync("objdump", ["-p", file], { encoding: "utf8" });
  const newest = { GLIBC: "", GLIBCXX: "" };
  for (const [, library, version = ""] of table.matchAll(/\b(GLIBC|GLIBCXX)_([\d.]+)$/gm)) {
    const name = library as keyof typeof newest;
    if (isNewer(version, newest[name])) newest[name] = version;
  }
  if (newest.GLIBC === "") throw new Error(`expected versions of glibc in ${file}, got none`);
  return newest;
}

/** Whether one version is newer than another. */
export function isNewer(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) > 0;
}
