/**
 * The members of a JSON object, each value as it was written: a number that JavaScript would round keeps its digits.
 * Of several members with one name the last counts. `text` must be a valid object.
 */
export function jsonMembers(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const member of jsonItems(text)) {
    const end = endOfString(member, 0) + 1;
    members.set(JSON.parse(member.slice(0, end)), member.slice(member.indexOf(":", end) + 1).trim());
  }
  return members;
}

/** The items of a JSON array, or the members of an object with their names, each as it was written. `text` must be valid. */
export function jsonItems(text: string): string[] {
  const items: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      continue;
    }
    const ends = depth === 1 && (char === "," || char === "}" || char === "]");
    if (ends) items.push(text.slice(start, at).trim());
    if (char === "{" || char === "[") depth++;
    if (char === "}" || char === "]") depth--;
    if (ends || (depth === 1 && start === 0)) start = at + 1;
  }
  return items[0] === "" ? [] : items;
}

// Where the quote stands that ends the string which begins at `start`.
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

// Of the backslashes in front, each pair is one character of the string.
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}
