import { VERBS } from "../core/message.ts";
import { Compiler } from "./compiler.ts";
import type { JsonObject } from "./json.ts";
import { DocumentedOperation } from "./operation.ts";
import { Site } from "./site.ts";
import type { Bundle } from "./source/bundle.ts";
import type { Direction, OpenApiDocument, Operation, Version } from "./types.ts";

/** A document in one piece, known to be what the specification says. */
export class Document implements OpenApiDocument {
  readonly version: Version;
  readonly raw: JsonObject;
  readonly #operations: ReadonlyMap<string, DocumentedOperation>;

  constructor(bundle: Bundle) {
    this.version = bundle.version;
    this.raw = bundle.document;
    this.#operations = new Map(
      operationsOf(bundle).map((operation) => [`${operation.verb} ${operation.path}`, operation]),
    );
  }

  operations(): readonly Operation[] {
    return [...this.#operations.values()];
  }

  operation(path: string, verb: string): Operation | undefined {
    return this.#operations.get(`${verb} ${path}`);
  }
}

function operationsOf(bundle: Bundle): DocumentedOperation[] {
  const compilers = new Map<Direction, Compiler>();
  const compiler = (direction: Direction): Compiler => {
    const known = compilers.get(direction) ?? new Compiler(bundle, direction);
    compilers.set(direction, known);
    return known;
  };
  const paths = new Site(bundle, "").child("paths")?.entries(/^\//) ?? [];
  return paths.flatMap(([path, pathItem]) =>
    VERBS.flatMap((verb) => {
      const site = pathItem.child(verb);
      return site === undefined ? [] : [new DocumentedOperation({ path, verb, pathItem, site, compiler })];
    }),
  );
}
