import { isPlaceholder, PLACEHOLDERS, parseTemplate } from "../core/template.ts";
import type { MistakeList } from "./mistakes.ts";
import type { Place, Places } from "./places.ts";
import { suggest } from "./suggest.ts";

/** Notes every placeholder of `text` that nothing is filled in for; `value` is the string at `place` that it comes from. */
export function checkPlaceholders(
  text: string,
  value: string,
  place: Place,
  places: Places,
  mistakes: MistakeList,
): void {
  for (const part of parseTemplate(text)) {
    if (part.kind === "text" || isPlaceholder(part.name)) continue;
    const near = suggest(part.name.toLowerCase(), PLACEHOLDERS);
    const hint = near === undefined ? `known are ${PLACEHOLDERS.join(", ")}` : `did you mean \`{{${near}}}\`?`;
    const offset = places.inside(place, value, Math.max(0, value.indexOf(part.source)));
    mistakes.add(offset, `expected \`${place.name}\` to use known placeholders, got \`${part.source}\`; ${hint}`);
  }
}
