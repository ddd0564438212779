import { execFileSync } from "node:child_process";

/** The newest versions of the C and C++ libraries that the addon may ask for: those of node's own official builds. */
export const FLOOR = { GLIBC: "2.28", GLIBCXX: "3.4.21" } as const;

/** What the addon may be linked with by name: a C++ library, and what musl's loader takes for itself. */
const LIBRARIES = ["libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libc.so.6"];

const LOADERS: Readonly<Record<string, string>> = {
  x64: "/lib/ld-musl-x86_64.so.1",
  arm64: "/lib/ld-musl-aarch64.so.1",
};

/** What keeps a compiled file from the libraries that it is meant for, whatever machine it is for; empty if nothing does. */
export function floorFaults(file: string): string[] {
  const { GLIBC, GLIBCXX } = newestVersions(file);
  return [
    ...(isNewer(GLIBC, FLOOR.GLIBC) ? [`expected glibc ${FLOOR.GLIBC} at most, got ${GLIBC}`] : []),
    ...(isNewer(GLIBCXX, FLOOR.GLIBCXX) ? [`expected libstdc++ ${FLOOR.GLIBCXX} at most, got ${GLIBCXX}`] : []),
    ...unknownToMusl(file).map((name) => `expected nothing that musl lacks, got ${name}`),
  ];
}

/** The newest version of each library that a compiled file asks for. */
export function newestVersions(file: string): { readonly GLIBC: string; readonly GLIBCXX: string } {
  const newest = { GLIBC: "", GLIBCXX: "" };
  for (const [, library, version = ""] of objdump("-p", file).matchAll(/\b(GLIBC|GLIBCXX)_([\d.]+)$/gm)) {
    const name = library as keyof typeof newest;
    if (isNewer(version, newest[name])) newest[name] = version;
  }
  if (newest.GLIBC === "") throw new Error(`expected versions of glibc in ${file}, got none`);
  return newest;
}

/**
 * Libraries, and functions of the C library, that a compiled file asks for and musl does not have. It knows no versions, so
 * names are all that counts; they are the same on all machines.
 */
export function unknownToMusl(file: string): string[] {
  const loader = LOADERS[process.arch];
  if (loader === undefined) throw new Error(`expected x64 or arm64, got ${process.arch}`);
  const known = new Set([...objdump("-T", loader).matchAll(/ \.text\s.* (\S+)$/gm)].map(([, name]) => name));
  const asked = [...objdump("-T", file).matchAll(/\*UND\*.*\(?GLIBC_\S+ (\S+)$/gm)].map(([, name = ""]) => name);
  const needed = [...objdump("-p", file).matchAll(/^ +NEEDED +(\S+)$/gm)].map(([, name = ""]) => name);
  return [...needed.filter((name) => !LIBRARIES.includes(name)), ...asked.filter((name) => !known.has(name))];
}

/** Whether a compiled file carries no symbols but those that it is linked by. */
export function isStripped(file: string): boolean {
  return objdump("-t", file).includes("no symbols");
}

/** Whether one version is newer than another. */
export function isNewer(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) > 0;
}

function objdump(what: string, file: string): string {
  return execFileSync("objdump", [what, file], { encoding: "utf8", maxBuffer: 1 << 26, timeout: 60_000 });
}
