import {
  events,
  type MessageAccepted,
  type MessageEnded,
  type MessageOnRoute,
  type MessageStored,
  type ProcessExited,
  type ProcessStarted,
} from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { ExitRecord } from "../process/types.ts";
import { AcceptedCaller } from "./accepted.ts";
import type { Route } from "./route.ts";

// Every field is written out: an object that begins with a spread and goes on with others is made a hundred times as
// slowly (bench: stdout).

/** Tells whoever listens that a message found its route. */
export function publishStored(message: Message, route: Route): void {
  if (!events.stored.hasSubscribers) return;
  const { id: requestId, path, headers, receivedAt } = message;
  const { path: key, verb, logLevel } = route;
  const stored: MessageStored = { requestId, route: key, verb, logLevel, path, headers, receivedAt };
  events.stored.publish(stored);
}

/** Tells whoever listens that a message has to wait for a slot. */
export function publishQueued(message: Message, route: Route): void {
  if (!events.queued.hasSubscribers) return;
  const { path, verb, logLevel } = route;
  events.queued.publish({ requestId: message.id, route: path, verb, logLevel } satisfies MessageOnRoute);
}

/** Tells whoever listens that the process of a message runs. */
export function publishStarted({ id: requestId }: Message, route: Route, pid: number): void {
  if (!events.started.hasSubscribers) return;
  const { path, verb, logLevel } = route;
  events.started.publish({ requestId, route: path, verb, logLevel, pid } satisfies ProcessStarted);
}

/** Publishes the end of a message for which nothing ran. `route` is its path key, where it had found one. */
export function publishRefused(message: Message, how: string, reply: Reply, bytesIn: number, route?: string): void {
  if (!events.ended.hasSubscribers && !events.over.hasSubscribers) return;
  const { id: requestId, verb, path, receivedAt } = message;
  const elapsed = performance.now() - receivedAt;
  const ended: MessageEnded = {
    requestId,
    route,
    verb,
    path,
    status: reply.status,
    how,
    answer: undefined,
    later: false,
    receivedAt,
    elapsed,
    queue: undefined,
    reply: 0,
    bytesIn,
    bytesOut: bytesOf(reply, verb),
    record: undefined,
    logLevel: undefined,
  };
  events.ended.publish(ended);
  events.over.publish({ ended, record: undefined });
}

/** What was noted of a message on its way: times in milliseconds of `performance.now()`, 0 for what never came. */
export interface Noted {
  readonly caller: Caller;
  /** Somebody posted the answer; the process did not give it by its end. */
  readonly posted: boolean;
  readonly bytesIn: number;
  /** When it got its slot. */
  readonly admittedAt: number;
  /** When it was answered or failed. */
  readonly answeredAt: number;
}

/** How a message ended: the reply, if its caller got one, and the exit record, if its process had ended. */
export interface End {
  readonly how: string;
  readonly reply: Reply | undefined;
  readonly record: ExitRecord | undefined;
}

/** Tells whoever listens how a message ended, and returns what they were told; undefined with nobody listening. */
export function publishEnd(
  message: Message,
  route: Route,
  { caller, posted, bytesIn, admittedAt, answeredAt }: Noted,
  { how, reply, record }: End,
): MessageEnded<ExitRecord> | undefined {
  if (!events.ended.hasSubscribers && !events.over.hasSubscribers) return undefined;
  const { verb, path, receivedAt } = message;
  const now = performance.now();
  const ended: MessageEnded<ExitRecord> = {
    requestId: message.id,
    route: route.path,
    verb,
    path,
    status: reply?.status ?? 0,
    how,
    answer: how !== "answered" ? undefined : posted ? "posted" : "process",
    later: caller instanceof AcceptedCaller && caller.accepted,
    receivedAt,
    elapsed: now - receivedAt,
    queue: admittedAt === 0 ? undefined : admittedAt - receivedAt,
    reply: now - answeredAt,
    bytesIn,
    bytesOut: reply === undefined ? 0 : bytesOf(reply, verb),
    record,
    logLevel: route.logLevel,
  };
  events.ended.publish(ended);
  return ended;
}

/** Tells whoever listens that a caller was told to come back later, and by which reply. */
export function publishAccepted(message: Message, route: Route, reply: Reply, bytesIn: number): void {
  if (!events.accepted.hasSubscribers) return;
  const { id: requestId, receivedAt } = message;
  const { path, verb, logLevel } = route;
  const elapsed = performance.now() - receivedAt;
  const bytesOut = bytesOf(reply, message.verb);
  const { status } = reply;
  const accepted: MessageAccepted = { requestId, route: path, verb, logLevel, status, elapsed, bytesIn, bytesOut };
  events.accepted.publish(accepted);
}

/** Tells whoever listens that nothing more will come of a message; `ended` is what they were told of its end. */
export function publishOver(ended: MessageEnded<ExitRecord> | undefined, record: ExitRecord | undefined): void {
  if (ended !== undefined && events.over.hasSubscribers) events.over.publish({ ended, record });
}

/** Tells whoever listens how the process of a message ended. */
export function publishExit(message: Message, route: Route, record: ExitRecord): void {
  if (!events.exited.hasSubscribers) return;
  const { path, verb, logLevel, logStdout } = route;
  const logOutput = logStdout === true || (logStdout === "on-request" && message.headers[LOG_REQUEST] === "true");
  const exited: ProcessExited<ExitRecord> = { requestId: message.id, route: path, verb, logLevel, record, logOutput };
  events.exited.publish(exited);
}

/** With it a caller asks for the output of its process in the log. */
const LOG_REQUEST = "urocket-log-stdout";

/** Bytes of a reply's body as they are sent. */
function bytesOf({ status, body }: Reply, verb: string): number {
  return verb === "head" || status === 204 || status === 304 ? 0 : Buffer.byteLength(body);
}
