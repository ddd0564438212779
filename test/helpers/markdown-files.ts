import { readdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** All pages of the project, by their paths from its folder. */
export function markdownFiles(): string[] {
  const below = ["docs", "examples", "bench"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  return [...readdirSync(ROOT), ...below]
    .filter((name) => /\.md$/.test(name) && !/node_modules|results/.test(name))
    .sort();
}
