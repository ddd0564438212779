import { inOurWords, readDocument } from "./document.ts";
import { ConfigError } from "./error.ts";
import { MistakeList } from "./mistakes.ts";
import { buildService } from "./service.ts";
import { checkShape } from "./shape.ts";
import { readTree } from "./tree.ts";
import type { ServiceConfig } from "./types.ts";

/** As many faults of broken YAML are told one by one. */
const MOST_FAULTS = 10;

/**
 * Checks the text of a configuration file and fills in every default. `file` names it in messages, and its folder is
 * what relative paths start from; it is not read. Throws {@link ConfigError} with every mistake in the text.
 */
export function parseConfig(text: string, file: string): ServiceConfig {
  const { document, lines } = readDocument(text);
  const mistakes = new MistakeList(file, lines);
  // Broken YAML is guessed at by the parser: what it guessed is not worth judging, and one stray brace is many faults.
  for (const fault of document.errors.slice(0, MOST_FAULTS)) {
    mistakes.add(fault.pos[0], `expected valid YAML: ${inOurWords(fault)}`);
  }
  const next = document.errors[MOST_FAULTS];
  if (next !== undefined) {
    const more = document.errors.length - MOST_FAULTS;
    mistakes.add(next.pos[0], `expected valid YAML: ${more} more like these, often all from the first`);
  }
  throwAny(mistakes);

  for (const fault of document.warnings) mistakes.add(fault.pos[0], `expected ${inOurWords(fault)}`);
  const tree = readTree(document, text, mistakes);
  if (tree.root === null) mistakes.add(0, "expected a configuration with `paths`, got an empty file");
  else checkShape(tree, mistakes);
  // The service is built even from a wrong shape, only for the mistakes that show up on the way.
  const service = buildService(tree, file, mistakes);
  throwAny(mistakes);
  return service;
}

function throwAny(mistakes: MistakeList): void {
  const found = mistakes.sorted();
  if (found.length > 0) throw new ConfigError(found);
}
