import { PLACEHOLDERS, type Placeholder } from "../core/template.ts";

/** The environment variable that carries a placeholder's value into a shell script: `UROCKET_JSONPAYLOAD`. */
export function variableName(name: Placeholder): string {
  return `UROCKET_${name.toUpperCase()}`;
}

/** The placeholders that a word asks for by the name of their variable: `"$UROCKET_JSONPAYLOAD"` written by hand. */
export function namedByHand(word: string): Placeholder[] {
  return PLACEHOLDERS.filter((name) => new RegExp(`(?<!\\w)${variableName(name)}(?!\\w)`).test(word));
}
