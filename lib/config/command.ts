import { checkPlaceholders } from "./placeholders.ts";
import type { Scope } from "./scope.ts";
import type { Setting } from "./settings.ts";
import { show } from "./show.ts";
import { splitWords } from "./words.ts";

/** The words of a `cmd`, be it one string to split or the list of its words; its mistakes are noted. */
export function readCommand(setting: Setting, scope: Scope): readonly string[] {
  const { value, place } = setting;
  const words = typeof value === "string" ? split(value, setting, scope) : readTexts(setting, scope);
  if (words?.[0] === "" || words?.length === 0) {
    scope.mistakes.add(place.value, `expected \`${place.name}\` to name a program, got ${show(value)}`);
  }
  return words ?? [];
}

/** The items of a list of texts with placeholders; undefined, already noted by the schema, when it is anything else. */
export function readTexts({ value }: Setting, scope: Scope): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  for (const [index, text] of value.entries()) {
    const place = scope.places.get(value, String(index));
    if (typeof text === "string" && place !== undefined) checkPlaceholders(text, text, place, scope);
  }
  return value;
}

function split(line: string, { place }: Setting, scope: Scope): readonly string[] | undefined {
  const result = splitWords(line);
  if ("fault" in result) {
    const rest = show(line.slice(result.offset));
    scope.mistakes.add(
      scope.places.inside(place, line, result.offset),
      `expected \`${place.name}\` to have ${result.fault}, got ${rest}`,
    );
    return undefined;
  }
  for (const word of result.words) checkPlaceholders(word, line, place, scope);
  return result.words;
}
