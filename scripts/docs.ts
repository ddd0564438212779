// Writes the generated parts of the pages in docs/, and the manual page: `npm run docs`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fill } from "./docs/fill.ts";
import { MAN_FILE, manPage } from "./docs/man.ts";
import { PAGES } from "./docs/pages.ts";

for (const { file, parts } of PAGES) writeFileSync(file, fill(readFileSync(file, "utf8"), parts()));
mkdirSync(dirname(MAN_FILE), { recursive: true });
writeFileSync(MAN_FILE, manPage());
