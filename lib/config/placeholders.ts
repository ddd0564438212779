import {
  isPlaceholder,
  PLACEHOLDER_FAMILIES,
  PLACEHOLDER_FORMS,
  PLACEHOLDERS,
  parseTemplate,
  placeholderMember,
} from "../core/template.ts";
import type { Place } from "./places.ts";
import type { Scope } from "./scope.ts";
import { suggest } from "./suggest.ts";

/** Notes every placeholder of `text` that nothing is filled in for; `value` is the string at `place` that it comes from. */
export function checkPlaceholders(text: string, value: string, place: Place, scope: Scope): void {
  for (const part of parseTemplate(text)) {
    if (part.kind === "text") continue;
    const wrong = isPlaceholder(part.name) ? wrongParameter(part.name, scope.params) : unknownName(part.name);
    if (wrong === undefined) continue;
    const offset = scope.places.inside(place, value, Math.max(0, value.indexOf(part.source)));
    const message = `expected \`${place.name}\` to use ${wrong.expected}, got \`${part.source}\`; ${wrong.hint}`;
    scope.mistakes.add(offset, message);
  }
}

interface Wrong {
  readonly expected: string;
  readonly hint: string;
}

function unknownName(name: string): Wrong {
  const near = nearest(name);
  const hint = near === undefined ? `known are ${PLACEHOLDER_FORMS.join(", ")}` : `did you mean \`{{${near}}}\`?`;
  return { expected: "known placeholders", hint };
}

/** `params.petId` is a slip in what stands before the dot; what stands behind it is the author's own. */
function nearest(name: string): string | undefined {
  const dot = name.indexOf(".");
  if (dot === -1) return suggest(name.toLowerCase(), PLACEHOLDERS);
  const family = suggest(name.slice(0, dot).toLowerCase(), PLACEHOLDER_FAMILIES);
  return family === undefined ? undefined : `${family}${name.slice(dot)}`;
}

/** `{{param.NAME}}` for a path without such a parameter would be empty for ever. */
function wrongParameter(name: string, params: readonly string[] | undefined): Wrong | undefined {
  const member = placeholderMember(name);
  if (member?.family !== "param" || params === undefined || params.includes(member.member)) return undefined;
  const hint = params.length === 0 ? "it has none" : `it has ${params.map((param) => `\`{${param}}\``).join(", ")}`;
  return { expected: "parameters of its path", hint };
}
