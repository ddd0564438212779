import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Writes a configuration file of bench/peers into `directory`, with a value for each `@name@` in it; its path. */
export function fill(template: string, directory: string, values: Readonly<Record<string, string | number>>): string {
  const source = readFileSync(join(import.meta.dirname, "../peers", template), "utf8");
  const text = source.replace(/@(\w+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`expected a value for @${name}@ of ${template}, got none`);
    return String(value);
  });
  const file = join(directory, basename(template));
  writeFileSync(file, text);
  return file;
}
