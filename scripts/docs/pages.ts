import { join } from "node:path";
import { configurationParts } from "./configuration.ts";
import { errorParts } from "./errors.ts";
import type { Parts } from "./fill.ts";

const DOCS = join(import.meta.dirname, "../../docs");

/** A page of docs/ and how its generated parts are made. */
export interface Page {
  readonly file: string;
  readonly parts: () => Parts;
}

/** The pages with generated parts. */
export const PAGES: readonly Page[] = [
  { file: join(DOCS, "configuration.md"), parts: configurationParts },
  { file: join(DOCS, "errors.md"), parts: errorParts },
];
