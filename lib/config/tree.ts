import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { SPLITTED, TO_SPLIT } from "./document.ts";
import { keyOf } from "./keys.ts";
import type { MistakeList } from "./mistakes.ts";
import { Places } from "./places.ts";
import { show } from "./show.ts";

/** A map of the configuration, without a prototype, so that no key is special. */
export type DataMap = Record<string, unknown>;

/** The file as plain data with its keys in one spelling, and where each entry stands. */
export interface Tree {
  /** null when the file is empty. */
  readonly root: unknown;
  readonly places: Places;
}

/** What the keys of a map are: the names of settings, or, for `paths`, free text. */
type Level = "root" | "paths" | "settings";

/** Turns YAML nodes into plain data: aliases and merge keys followed, keys in one spelling, none of them twice. */
export function readTree(document: Document.Parsed, text: string, mistakes: MistakeList): Tree {
  const reader = new Reader(new Places(text), mistakes);
  return { root: reader.read(document.contents, "", "root"), places: reader.places };
}

class Reader {
  readonly places: Places;
  readonly #mistakes: MistakeList;
  readonly #anchors = new Map<string, Node>();
  /** A node that aliases name many times is read once: neither a cycle nor a pyramid of aliases costs anything. */
  readonly #done: Record<Level, Map<Node, object>> = { root: new Map(), paths: new Map(), settings: new Map() };

  constructor(places: Places, mistakes: MistakeList) {
    this.places = places;
    this.#mistakes = mistakes;
  }

  read(node: Node | null, name: string, level: Level): unknown {
    if (node === null) return null;
    if (isAlias(node)) return this.#alias(node.source, offsetOf(node), name, level);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if ((node.tag === TO_SPLIT.tag || node.tag === SPLITTED.tag) && keyOf(name) !== "cmd") {
      this.#mistakes.add(offsetOf(node), `expected ${node.tag} at \`cmd\` only, got it at \`${name}\``);
    }
    if (isScalar(node)) return plain(node);
    const done = this.#done[level].get(node);
    if (done !== undefined) return done;
    return isMap(node) ? this.#map(node, name, level) : this.#list(node as YAMLSeq<Node>, name, level);
  }

  #alias(source: string, offset: number, name: string, level: Level): unknown {
    const node = this.#anchors.get(source);
    if (node !== undefined) return this.read(node, name, level);
    this.#mistakes.add(offset, `expected an anchor \`&${source}\` above its alias, got none`);
    return null;
  }

  #list(node: YAMLSeq<Node>, name: string, level: Level): unknown[] {
    const list: unknown[] = [];
    this.#done[level].set(node, list);
    for (const [index, item] of node.items.entries()) {
      const offset = offsetOf(item);
      const itemName = `${name}[${index}]`;
      this.places.set(list, String(index), { name: itemName, key: offset, value: offset, end: endOf(item) });
      list.push(this.read(item, itemName, "settings"));
    }
    return list;
  }

  #map(node: YAMLMap, name: string, level: Level): DataMap {
    const map: DataMap = Object.create(null);
    this.#done[level].set(node, map);
    let merged: Node | null | undefined;
    for (const pair of node.items as Pair<Scalar<string>, Node | null>[]) {
      const spelling = pair.key.value;
      if (pair.key.anchor !== undefined) this.#anchors.set(pair.key.anchor, pair.key);
      if (spelling !== "<<" || pair.key.type !== "PLAIN") this.#entry(map, pair, level);
      else if (merged === undefined) merged = pair.value;
      else this.#mistakes.add(offsetOf(pair.key), "expected `<<` once in a map, got it again: give it a list");
    }
    if (merged !== undefined) this.#merge(map, merged, name, level);
    return map;
  }

  #entry(map: DataMap, { key, value }: Pair<Scalar<string>, Node | null>, level: Level): void {
    const name = level === "paths" ? key.value : keyOf(key.value);
    const first = this.places.get(map, name);
    if (first !== undefined) {
      const { line } = this.#mistakes.position(first.key);
      const other = first.name === key.value ? "" : `, there spelled \`${first.name}\``;
      this.#mistakes.add(offsetOf(key), `expected \`${key.value}\` once, got it again (first in line ${line}${other})`);
      return;
    }
    const empty = value === null || offsetOf(value) === endOf(value);
    this.places.set(map, name, {
      name: key.value,
      key: offsetOf(key),
      value: offsetOf(empty ? key : value),
      end: endOf(empty ? key : value),
    });
    map[name] = this.read(value, key.value, level === "root" && name === "paths" ? "paths" : "settings");
  }

  /** `<<: *base` or `<<: [*nearer, *farther]`: adds the entries that the map does not have, with their own places. */
  #merge(map: DataMap, from: Node | null, name: string, level: Level): void {
    const sources = isSeq<Node>(from) ? from.items : [from];
    for (const node of sources) {
      const source = this.read(node, name, level);
      if (!isDataMap(source)) {
        const offset = node === null ? 0 : offsetOf(node);
        this.#mistakes.add(offset, `expected \`<<\` to be a map or a list of maps, got ${show(source)}`);
        continue;
      }
      for (const key of Object.keys(source)) {
        const place = this.places.get(source, key);
        if (place === undefined || Object.hasOwn(map, key)) continue;
        map[key] = source[key];
        this.places.set(map, key, place);
      }
    }
  }
}

/** Whether plain data is a map. */
export function isDataMap(data: unknown): data is DataMap {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** `0600` is octal to some YAML readers and six hundred to this one, `0o22` is eighteen: both are handed on as the text they are. */
function plain(node: Scalar): unknown {
  return typeof node.value === "number" && /^[-+]?0o?\d/.test(node.source ?? "") ? node.source : node.value;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function endOf(node: Node): number {
  return node.range?.[1] ?? 0;
}
