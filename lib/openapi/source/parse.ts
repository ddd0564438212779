import { LineCounter, parseDocument } from "yaml";
import { OpenApiError, type Position } from "../error.ts";
import { jsonFault } from "../json-fault.ts";

/** Plain data of a document in YAML or JSON; every object in it is its own. Throws {@link OpenApiError}. */
export function parseSource(text: string, file: string): unknown {
  // JSON is YAML too, but reading it as what it is takes a fraction of the time.
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch (cause) {
      const fault = file.endsWith(".json") ? jsonFault(text) : undefined;
      if (fault !== undefined) {
        throw broken(file, `expected ${fault.expected}, got ${fault.got}`, fault.position, cause);
      }
    }
  }
  return parseYaml(text, file);
}

/** How documents are read, here and where their lines are counted: keys are text, `<<` merges, values are those of JSON. */
export const YAML_OPTIONS = { stringKeys: true, merge: true, prettyErrors: false, resolveKnownTags: false } as const;

function parseYaml(text: string, file: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) {
    const { line, col } = lineCounter.linePos(fault.pos[0]);
    const words = fault.message.replaceAll(/\s*\n\s*/g, " ");
    throw broken(file, `expected valid YAML: ${words}`, { line, column: col }, fault);
  }
  try {
    // The way through text makes every object its own: an alias gives the same one twice, and a circle is found out.
    return JSON.parse(JSON.stringify(document.toJS()) ?? "null");
  } catch (cause) {
    throw broken(file, `expected aliases that end, got ${(cause as Error).message.split("\n")[0]}`, undefined, cause);
  }
}

function broken(file: string, message: string, position: Position | undefined, cause: unknown): OpenApiError {
  return new OpenApiError([{ file, position, pointer: "", message }], { cause });
}
