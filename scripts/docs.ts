// Writes the generated parts of the pages in docs/: `npm run docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { fill } from "./docs/fill.ts";
import { PAGES } from "./docs/pages.ts";

for (const { file, parts } of PAGES) writeFileSync(file, fill(readFileSync(file, "utf8"), parts()));
