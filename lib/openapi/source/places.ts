import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Position } from "../error.ts";
import { segmentsOf } from "../pointer.ts";
import { YAML_OPTIONS } from "./parse.ts";

/** Finds lines and columns in the text of a document. The text is read for it only when the first one is asked for. */
export class Places {
  readonly #text: string;
  #read: { document: Document.Parsed; lines: LineCounter } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the key or the item that a JSON pointer names stands, or the nearest thing around it. */
  find(pointer: string): Position {
    const { document, lines } = this.#parsed();
    let node: Node | null | undefined = document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const segment of segmentsOf(pointer)) {
      if (isAlias(node)) node = node.resolve(document);
      const child = childOf(node, segment);
      if (child === undefined) break;
      offset = child.offset;
      node = child.node;
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  }

  #parsed(): { document: Document.Parsed; lines: LineCounter } {
    if (this.#read === undefined) {
      const lines = new LineCounter();
      this.#read = { document: parseDocument(this.#text, { ...YAML_OPTIONS, lineCounter: lines }), lines };
    }
    return this.#read;
  }
}

function childOf(node: unknown, segment: string): { node: Node | null; offset: number } | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(segment)];
    return item === undefined ? undefined : { node: item, offset: item.range?.[0] ?? 0 };
  }
  if (!isMap<Node, Node | null>(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
  return pair === undefined ? undefined : { node: pair.value, offset: pair.key.range?.[0] ?? 0 };
}
