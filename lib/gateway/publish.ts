import { events, type MessageEnded, type ProcessExited } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { ExitRecord } from "../process/types.ts";
import type { Route } from "./route.ts";

/** Tells whoever listens how a message ended; `record` where its process had ended by then. */
export function publishEnd(
  { id: requestId, verb, path, receivedAt }: Message,
  route: Route,
  how: string,
  status: number,
  record: ExitRecord | undefined,
): void {
  if (!events.ended.hasSubscribers) return;
  const elapsed = performance.now() - receivedAt;
  const ended = { requestId, route: route.path, verb, path, status, how, elapsed, record };
  events.ended.publish(ended satisfies MessageEnded<ExitRecord>);
}

/** Tells whoever listens how the process of a message ended. */
export function publishExit({ id: requestId, headers }: Message, route: Route, record: ExitRecord): void {
  if (!events.exited.hasSubscribers) return;
  const { path, verb, logStdout } = route;
  const logOutput = logStdout === true || (logStdout === "on-request" && headers[LOG_REQUEST] === "true");
  const exited = { requestId, route: path, verb, record, logOutput };
  events.exited.publish(exited satisfies ProcessExited<ExitRecord>);
}

/** With it a caller asks for the output of its process in the log. */
const LOG_REQUEST = "urocket-log-stdout";
