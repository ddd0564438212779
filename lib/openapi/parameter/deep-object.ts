import { Malformed } from "../malformed.ts";
import type { Shape } from "../schema/shape.ts";
import { type Decode, list } from "./delimited.ts";
import type { Fields } from "./fields.ts";
import type { Tree } from "./tree.ts";

/**
 * Takes `filter[name]=a&filter[size][min]=1` apart; undefined where there is none. Deeper levels and lists (the same field
 * again) are left open by the specification and written so by most clients.
 */
export function readDeepObject(
  fields: Fields,
  { name, shape, decode }: { readonly name: string; readonly shape: Shape; readonly decode: Decode },
): Tree | undefined {
  const root: Branch = new Map();
  for (const [field, values] of fields) {
    const path = pathOf(field, name);
    if (path !== undefined) put(root, path, values, shape, decode);
  }
  return root.size === 0 ? undefined : root;
}

/** No schema asks for more, and what walks the value later goes one call deeper with each level. */
const DEEPEST = 64;

type Branch = Map<string, Tree>;

/** `filter[size][min]` is `size`, `min`; undefined for another field. A trailing `[]` only says that there may be several. */
function pathOf(field: string, name: string): string[] | undefined {
  if (!field.startsWith(`${name}[`) || !field.endsWith("]")) return undefined;
  const path = field.slice(name.length + 1, -1).split("][");
  if (path.length > DEEPEST) throw new Malformed(`nested at most ${DEEPEST} levels`, `${path.length} levels`);
  return path.length > 1 && path.at(-1) === "" ? path.slice(0, -1) : path;
}

function put(root: Branch, path: readonly string[], values: readonly string[], shape: Shape, decode: Decode): void {
  let branch = root;
  let inside = shape;
  for (const segment of path.slice(0, -1)) {
    const next = branch.get(segment);
    inside = inside.member(segment);
    if (next instanceof Map) {
      branch = next;
    } else {
      const made: Branch = new Map();
      branch.set(segment, made);
      branch = made;
    }
  }
  const last = path.at(-1) ?? "";
  const single = values.length === 1 && !inside.member(last).kinds.has("array");
  branch.set(last, single ? decode(values[0] ?? "") : list(values, decode));
}
