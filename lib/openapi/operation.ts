import type { Verb } from "../core/message.ts";
import type { Compiler } from "./compiler.ts";
import { compileReply } from "./reply.ts";
import { compileRequest } from "./request.ts";
import type { Site } from "./site.ts";
import type { Direction, Operation, ReplyInput, ReplyResult, RequestInput, RequestResult } from "./types.ts";

/** Where an operation stands, and what compiles it. */
export interface OperationParts {
  readonly path: string;
  readonly verb: Verb;
  readonly pathItem: Site;
  readonly site: Site;
  compiler(direction: Direction): Compiler;
}

/** An operation of a document; each direction is compiled once, when it is first needed. */
export class DocumentedOperation implements Operation {
  readonly path: string;
  readonly verb: Verb;
  readonly operationId: string | undefined;
  readonly #parts: OperationParts;
  #request: ((request: RequestInput) => RequestResult) | undefined;
  #reply: ((reply: ReplyInput) => ReplyResult) | undefined;

  constructor(parts: OperationParts) {
    const { operationId } = parts.site.node;
    this.path = parts.path;
    this.verb = parts.verb;
    this.operationId = typeof operationId === "string" ? operationId : undefined;
    this.#parts = parts;
  }

  compile(direction: Direction): void {
    if (direction === "request") this.#compileRequest();
    else this.#compileReply();
  }

  validateRequest(request: RequestInput): RequestResult {
    return (this.#request ?? this.#compileRequest())(request);
  }

  validateReply(reply: ReplyInput): ReplyResult {
    return (this.#reply ?? this.#compileReply())(reply);
  }

  #compileRequest(): (request: RequestInput) => RequestResult {
    const { path, pathItem, site, compiler } = this.#parts;
    this.#request ??= compileRequest(path, pathItem, site, compiler("request"));
    return this.#request;
  }

  #compileReply(): (reply: ReplyInput) => ReplyResult {
    const { verb, site, compiler } = this.#parts;
    this.#reply ??= compileReply(verb, site, compiler("reply"));
    return this.#reply;
  }
}
