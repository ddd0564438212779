import { Counter, Histogram, type Registry } from "prom-client";
import { events, type MessageAccepted, type MessageEnded } from "../../core/events.ts";
import { listen } from "../listen.ts";
import { SECONDS } from "./buckets.ts";
import { methodLabel, routeLabel, statusLabel } from "./labels.ts";
import { remembered } from "./remembered.ts";

/** Counts requests, answers and bytes; returns the function that stops it. */
export function countMessages(registry: Registry): () => void {
  const registers = [registry];
  const requests = new Counter({
    name: "http_requests_total",
    help: "Requests that were answered, by status; 499 for callers that left before.",
    labelNames: ["route", "method", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "From the arrival of a request to its reply.",
    labelNames: ["route", "method", "status"],
    buckets: SECONDS,
    registers,
  });
  const waits = new Histogram({
    name: "urocket_queue_wait_seconds",
    help: "From the arrival of a request until it had a process slot.",
    labelNames: ["route"],
    buckets: SECONDS,
    registers,
  });
  const answers = new Counter({
    name: "urocket_answers_total",
    help: "How messages ended: posted or process for an answer, else what came instead of one.",
    labelNames: ["route", "kind"],
    registers,
  });
  const received = new Counter({
    name: "http_request_body_bytes_total",
    help: "Bytes of request bodies.",
    labelNames: ["route"],
    registers,
  });
  const sent = new Counter({
    name: "http_response_body_bytes_total",
    help: "Bytes of reply bodies.",
    labelNames: ["route"],
    registers,
  });
  const byRoute = remembered((route: string) => ({
    wait: waits.labels(route),
    received: received.labels(route),
    sent: sent.labels(route),
    answer: remembered((kind: string) => answers.labels(route, kind)),
    reply: remembered((methodAndStatus: string) => {
      const [method = "", status = ""] = methodAndStatus.split(" ");
      return { requests: requests.labels(route, method, status), durations: durations.labels(route, method, status) };
    }),
  }));
  const countReply = ({ verb, status, elapsed, bytesIn, bytesOut, route }: Counted): void => {
    const handles = byRoute(routeLabel(route));
    const reply = handles.reply(`${methodLabel(verb)} ${statusLabel(status)}`);
    reply.requests.inc();
    reply.durations.observe(elapsed / 1000);
    handles.received.inc(bytesIn);
    handles.sent.inc(bytesOut);
  };
  const onEnded = (event: MessageEnded): void => {
    const { route, queue, answer, how, later } = event;
    const handles = byRoute(routeLabel(route));
    if (queue !== undefined) handles.wait.observe(queue / 1000);
    handles.answer(answer ?? how).inc();
    // Its caller was replied to, and counted, when it was accepted.
    if (!later) countReply(event);
  };
  const stops = [listen<MessageEnded>(events.ended, onEnded), listen<MessageAccepted>(events.accepted, countReply)];
  return () => {
    for (const stop of stops) stop();
  };
}

type Counted = Pick<MessageEnded, "route" | "verb" | "status" | "elapsed" | "bytesIn" | "bytesOut">;
