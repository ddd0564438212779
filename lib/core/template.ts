/** The names that may stand alone in `{{...}}` in `cmd` and `env`. */
export const PLACEHOLDERS = ["jsonpayload", "request_id", "method", "path", "query", "payloadfile"] as const;

/** What a name may begin with that says more behind a dot: `param.petId`, `query.page`, `header.x-trace-id`. */
export const PLACEHOLDER_FAMILIES = ["param", "query", "header"] as const;

/** All that may stand in `{{...}}`, as messages list it. */
export const PLACEHOLDER_FORMS: readonly string[] = [
  ...PLACEHOLDERS,
  ...PLACEHOLDER_FAMILIES.map((family) => `${family}.NAME`),
];

export type PlaceholderFamily = (typeof PLACEHOLDER_FAMILIES)[number];

/** A name that `{{...}}` is filled for. */
export type Placeholder = (typeof PLACEHOLDERS)[number] | `${PlaceholderFamily}.${string}`;

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

/** Whether a name is one that can be filled in. */
export function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name) || placeholderMember(name) !== undefined;
}

/** The two halves of `param.petId`, a header's name in lower case; undefined for a name that has no such halves. */
export function placeholderMember(name: string): { family: PlaceholderFamily; member: string } | undefined {
  const dot = name.indexOf(".");
  const family = PLACEHOLDER_FAMILIES.find((known) => known === name.slice(0, dot));
  const member = name.slice(dot + 1);
  if (dot === -1 || family === undefined || member === "") return undefined;
  if (family !== "header") return { family, member };
  return FIELD_NAME.test(member) ? { family, member: member.toLowerCase() } : undefined;
}

// RFC 9110, 5.1: whatever is none can't be the name of a header.
const FIELD_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
