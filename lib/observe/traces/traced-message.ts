import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { MessageAdmitted, MessageEnded, MessageStored } from "../../core/events.ts";
import type { ExitFacts } from "../exit-facts.ts";
import { carry, contextOf } from "./context.ts";

/** One message as spans: its own, which is begun when it is stored, and those below, made when their times are known. */
export class TracedMessage {
  readonly #tracer: Tracer;
  readonly #span: Span;
  readonly #context: Context;
  readonly #receivedAt: number;
  #admittedAt = 0;

  constructor(tracer: Tracer, { requestId, route, verb, path, headers, receivedAt }: MessageStored) {
    this.#tracer = tracer;
    this.#receivedAt = receivedAt;
    const method = verb.toUpperCase();
    const attributes = {
      "http.request.method": method,
      "http.route": route,
      "url.path": path,
      "urocket.request_id": requestId,
    };
    const parent = contextOf(headers);
    const options = { kind: SpanKind.SERVER, startTime: wallClock(receivedAt), attributes };
    this.#span = tracer.startSpan(`${method} ${route}`, options, parent);
    this.#context = trace.setSpan(parent, this.#span);
  }

  /** It has its slot; the process that is started next gets the span of the message as its parent. */
  admitted({ queue, carrier }: MessageAdmitted): void {
    this.#admittedAt = this.#receivedAt + queue;
    this.#below("queue", this.#receivedAt, this.#admittedAt);
    carry(this.#span.spanContext(), carrier);
  }

  /** Its process ended, perhaps after the message did. */
  exited({ pid, how, code, signal, step, errno, queued, spawn, run }: ExitFacts): void {
    const startedAt = this.#admittedAt + queued;
    const failure = errno === null ? undefined : `${errno} from ${step}`;
    this.#below("spawn", startedAt, startedAt + spawn, failure === undefined ? {} : { "error.type": failure });
    if (how === "spawn-error") return;
    const end = {
      ...(code !== null && { "process.exit.code": code }),
      ...(signal !== null && { "urocket.signal": signal }),
    };
    const attributes = { "process.pid": pid, "urocket.process.how": how, ...end };
    this.#below("run", startedAt + spawn, startedAt + spawn + run, attributes);
  }

  /** The caller has its reply, or left. */
  ended({ status, how, elapsed, reply }: MessageEnded): void {
    const endedAt = this.#receivedAt + elapsed;
    this.#below("reply", endedAt - reply, endedAt);
    if (status !== 0) this.#span.setAttribute("http.response.status_code", status);
    if (how !== "answered") this.#span.setAttribute("error.type", how);
    if (status === 0 || status >= 500) this.#span.setStatus({ code: SpanStatusCode.ERROR });
    this.#span.end(wallClock(endedAt));
  }

  #below(name: string, from: number, to: number, attributes: Attributes = {}): void {
    this.#tracer.startSpan(name, { startTime: wallClock(from), attributes }, this.#context).end(wallClock(to));
  }
}

/** Milliseconds of `performance.now()` as milliseconds since the epoch. */
function wallClock(time: number): number {
  return performance.timeOrigin + time;
}
