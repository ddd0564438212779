import { invalid } from "./invalid.ts";

/** Text as the kernel takes it. Throws `spawn-spec-invalid`. */
export function text(value: unknown, option: string): string {
  if (typeof value !== "string") throw invalid(option, "text", value === null ? "null" : typeof value);
  if (value.includes("\0")) throw invalid(option, "text without NUL bytes", JSON.stringify(value.slice(0, 40)));
  return value;
}

/** A switch that may be absent. Throws `spawn-spec-invalid`. */
export function flag(value: unknown, option: string, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value === "boolean") return value;
  throw invalid(option, "true or false", shown(value));
}

/** An object with values by name: no list, and no Map either, whose values it would not show. Throws `spawn-spec-invalid`. */
export function table<Table extends object>(value: Table, option: string, expected: string): Table {
  if (typeof value === "object" && value !== null && !(Symbol.iterator in value)) return value;
  throw invalid(option, expected, shown(value));
}

/** Such an object without any name but the known ones: what is misspelt must not be ignored. Throws `spawn-spec-invalid`. */
export function known<Table extends object>(value: Table, names: NamesOf<Table>, option: string, what: string): Table {
  table(value, option, what);
  for (const name in value) {
    if (!Object.hasOwn(names, name)) throw invalid(option, `${what} (${Object.keys(names).join(", ")})`, shown(name));
  }
  return value;
}

/** All names that a type has: one that is forgotten does not compile. */
export type NamesOf<Table> = Readonly<Record<keyof Table, true>>;

/** A whole number between two others. Throws `spawn-spec-invalid`. */
export function whole(value: unknown, option: string, least: number, most: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  throw invalid(option, `a whole number from ${least} to ${most}`, shown(value));
}

/** What came, short enough for one line: a payload that was given by mistake is not printed whole. Never throws. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value !== "object" || value === null) return String(value);
  const kind: unknown = (Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)?.constructor
    ?.name;
  if (kind !== undefined && kind !== "Object") return String(kind);
  try {
    return JSON.stringify(value).slice(0, 60);
  } catch {
    return "an object";
  }
}
