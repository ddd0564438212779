import {
  events,
  type MessageAdmitted,
  type MessageEnded,
  type MessageOver,
  type MessageStored,
} from "../../core/events.ts";
import { TransientMap } from "../../core/transient-map.ts";
import type { ExitFacts, ProcessExitedEvent } from "../exit-facts.ts";
import { listen } from "../listen.ts";
import { findSdk, type Sdk } from "./sdk.ts";
import { TracedMessage } from "./traced-message.ts";

/** Messages as traces, as long as they are open. */
export interface Traces {
  /** Follows no more, and waits a moment for what is left to be exported. */
  close(): Promise<void>;
}

/**
 * Follows each message as a span of OpenTelemetry, with spans for its time in line, its process and its reply below; the
 * process gets the span as `TRACEPARENT`. Undefined when no SDK is registered by now: then nothing is listened to, and
 * processes get what their callers sent.
 */
export function openTraces(): Traces | undefined {
  const sdk = findSdk();
  return sdk === undefined ? undefined : follow(sdk);
}

function follow({ tracer, flush }: Sdk): Traces {
  const messages = new TransientMap<string, TracedMessage>();
  const of = ({ requestId }: { readonly requestId: string }) => messages.get(requestId);
  const stops = [
    listen<MessageStored>(events.stored, (event) => messages.set(event.requestId, new TracedMessage(tracer, event))),
    listen<MessageAdmitted>(events.admitted, (event) => of(event)?.admitted(event)),
    listen<ProcessExitedEvent>(events.exited, (event) => of(event)?.exited(event.record)),
    listen<MessageEnded>(events.ended, (event) => of(event)?.ended(event)),
    listen<MessageOver<ExitFacts>>(events.over, ({ ended }) => void messages.delete(ended.requestId)),
  ];
  return {
    close: async () => {
      for (const stop of stops.splice(0)) stop();
      await flush();
    },
  };
}
