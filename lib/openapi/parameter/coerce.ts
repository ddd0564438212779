import type { Shape } from "../schema/shape.ts";
import { Ready, type Tree } from "./tree.ts";

/** What text means by a schema. */
export interface Coerced {
  /** To be checked. */
  readonly value: unknown;
  /** To be handed on: the same, but for integers that a number can't hold, which stay the digits they are. */
  readonly exact: unknown;
}

/** Turns text into the types that its schema has; what fits none of them stays text, for the check to refuse. */
export function coerce(tree: Tree, shape: Shape): Coerced {
  if (tree instanceof Ready) return { value: tree.value, exact: tree.value };
  if (typeof tree === "string") return scalar(tree, shape);
  if (!isList(tree)) return members(tree, shape);
  const [first] = tree;
  // One text may be a list of one or just that; where the schema has both, it is what it looks like.
  if (tree.length === 1 && typeof first === "string" && SCALARS.some((kind) => shape.kinds.has(kind))) {
    return scalar(first, shape);
  }
  const items = tree.map((item, index) => coerce(item, shape.item(index)));
  return { value: items.map(({ value }) => value), exact: items.map(({ exact }) => exact) };
}

const SCALARS = ["string", "number", "integer", "boolean"] as const;

function isList(tree: Exclude<Tree, string | Ready>): tree is readonly Tree[] {
  return Array.isArray(tree);
}

function members(tree: ReadonlyMap<string, Tree>, shape: Shape): Coerced {
  const value: Record<string, unknown> = Object.create(null);
  const exact: Record<string, unknown> = Object.create(null);
  for (const [name, text] of tree) {
    const member = coerce(text, shape.member(name));
    value[name] = member.value;
    exact[name] = member.exact;
  }
  return { value, exact };
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function scalar(text: string, shape: Shape): Coerced {
  const { kinds } = shape;
  if ((kinds.has("integer") || kinds.has("number")) && NUMBER.test(text) && !shape.isLiteral(text)) {
    const number = Number(text);
    if (Number.isFinite(number)) {
      return { value: number, exact: isExact(text, number) ? number : text };
    }
  }
  const value = word(text, shape);
  return { value, exact: value };
}

function isExact(text: string, number: number): boolean {
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) || String(number) === text;
}

function word(text: string, shape: Shape): unknown {
  const { kinds } = shape;
  if (kinds.has("boolean") && (text === "true" || text === "false") && !shape.isLiteral(text)) return text === "true";
  if (kinds.has("null") && !kinds.has("string") && (text === "" || text === "null")) return null;
  return text;
}
