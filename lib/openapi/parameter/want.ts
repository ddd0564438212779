import type { Shape } from "../schema/shape.ts";

/** What text is to be taken apart into. */
export type Want = "scalar" | "array" | "object";

/** What the text of a value of a shape consists of. */
export function wantOf({ kinds }: Shape): Want {
  if (kinds.has("array")) return "array";
  return kinds.has("object") ? "object" : "scalar";
}
