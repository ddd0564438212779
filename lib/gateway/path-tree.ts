import { isDotSegment } from "../core/path.ts";
import { type PathTemplate, segmentsOf } from "./path-template.ts";

/** What a path led to, and the values of its parameters in the order of their segments, percent-decoded. */
export interface Found<Entry> {
  readonly entry: Entry;
  readonly values: readonly string[];
}

/**
 * Finds the entry of a templated path. Segment by segment, text goes before a parameter, and a longer prefix before a
 * shorter one, as OpenAPI has it ("concrete before templated"). A look-up takes as many steps as the path has segments,
 * and as many again for every parameter that turns out to lead nowhere.
 */
export class PathTree<Entry> {
  readonly #root: Node<Entry> = newNode();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The entry of a template; `make` makes it the first time. Templates that differ in names only have the same. */
  entry({ segments, prefix }: PathTemplate, make: () => Entry): Entry {
    let node = this.#root;
    for (const segment of segments) {
      if ("text" in segment) {
        node = child(node.fixed, segment.text);
      } else {
        node.param ??= newNode();
        node = node.param;
      }
    }
    const slot = prefix ? "below" : "here";
    if (node[slot] === undefined) this.#size++;
    node[slot] ??= make();
    return node[slot];
  }

  /** Where a path leads; undefined where nothing stands, and for paths with dot segments or broken escapes. */
  find(path: string): Found<Entry> | undefined {
    if (this.#size === 0) return undefined;
    const segments = segmentsOf(path);
    if (segments.some(isDotSegment)) return undefined;
    const raw: string[] = [];
    const entry = search(this.#root, segments, 0, raw);
    const values = entry === undefined ? undefined : decodeAll(raw);
    return entry === undefined || values === undefined ? undefined : { entry, values };
  }
}

interface Node<Entry> {
  readonly fixed: Map<string, Node<Entry>>;
  param: Node<Entry> | undefined;
  /** The entry of a path that ends here, and of those that go on below. */
  here: Entry | undefined;
  below: Entry | undefined;
}

function newNode<Entry>(): Node<Entry> {
  return { fixed: new Map(), param: undefined, here: undefined, below: undefined };
}

function child<Entry>(children: Map<string, Node<Entry>>, text: string): Node<Entry> {
  const known = children.get(text) ?? newNode<Entry>();
  children.set(text, known);
  return known;
}

/** Leaves in `values` what the parameters on the way to the entry stand for. */
function search<Entry>(
  node: Node<Entry>,
  segments: readonly string[],
  at: number,
  values: string[],
): Entry | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.here ?? node.below;
  const fixed = node.fixed.get(segment);
  const concrete = fixed && search(fixed, segments, at + 1, values);
  if (concrete !== undefined) return concrete;
  // An empty segment is no value: `/pets/` is not a pet.
  if (node.param !== undefined && segment !== "") {
    values.push(segment);
    const templated = search(node.param, segments, at + 1, values);
    if (templated !== undefined) return templated;
    values.pop();
  }
  return node.below;
}

function decodeAll(raw: readonly string[]): string[] | undefined {
  try {
    return raw.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
