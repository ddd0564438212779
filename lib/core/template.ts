/** The names that may stand in `{{...}}` in `cmd` and `env`. */
export const PLACEHOLDERS = ["jsonpayload", "request_id", "method", "path", "query"] as const;

/** A name that `{{...}}` is filled for. */
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A piece of a word: text that stays, or a name to fill in. `source` is the piece as it was written. */
export type TemplatePart =
  | { readonly kind: "text"; readonly source: string }
  | { readonly kind: "placeholder"; readonly source: string; readonly name: string };

// A name, perhaps with a second one behind a dot (`header.x-trace`). What does not look like a name stays text:
// `{{.Names}}` and `{{json .}}` are arguments that other programs want to see, `{{request-id}}` is a slip of the pen.
const PLACEHOLDER = /\{\{[ \t]*([A-Za-z_][\w-]*(?:\.[^\s{}]+)?)[ \t]*\}\}/g;

/** Splits a word into text and placeholders, in order; known names and unknown ones alike. Joined, the sources are the word. */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > end) parts.push({ kind: "text", source: text.slice(end, match.index) });
    parts.push({ kind: "placeholder", source: match[0], name: match[1] ?? "" });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "text", source: text.slice(end) });
  return parts;
}

/** The names in a word that nothing is filled in for, in order, each once. */
export function unknownPlaceholders(text: string): string[] {
  const unknown = new Set<string>();
  for (const part of parseTemplate(text)) {
    if (part.kind === "placeholder" && !isPlaceholder(part.name)) unknown.add(part.name);
  }
  return [...unknown];
}

/** Whether a name is one that can be filled in. */
export function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}
