import {
  events,
  type MessageAccepted,
  type MessageAdmitted,
  type MessageEnded,
  type MessageOnRoute,
  type MessageOver,
  type MessageStored,
} from "../../core/events.ts";
import type { ProcessExitedEvent } from "../exit-facts.ts";
import { listen } from "../listen.ts";
import { Messages } from "./messages.ts";
import { OwnProcess } from "./own-process.ts";
import { findProcess } from "./processes.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { StatusSources } from "./sources.ts";
import { timelineOf } from "./timeline.ts";
import { Traffic } from "./traffic.ts";
import type { StatusSnapshot, StatusTimeline } from "./types.ts";

/** What happens now, and what happened lately. */
export interface Status {
  snapshot(): StatusSnapshot;
  /** One message; undefined when it never was, or was long ago. */
  timeline(requestId: string): StatusTimeline | undefined;
  /** Follows no more. */
  close(): void;
}

/**
 * Follows every message from now on, in a constant amount of memory and work for each: the last minute by second, the last
 * thousand messages one by one. What runs is looked up only when a snapshot is taken.
 */
export function openStatus(sources: StatusSources): Status {
  const { gateway, processes } = sources;
  const messages = new Messages();
  const traffic = new Traffic(() => gateway.figures());
  const own = new OwnProcess();
  const onEnded = (event: MessageEnded): void => {
    const failed = event.status === 0 || event.status >= 500;
    messages.ended(event, failed);
    // Its caller was replied to when it was accepted.
    if (!event.later) traffic.replied(event);
    if (failed) traffic.failed(event);
  };
  const onExited = (event: ProcessExitedEvent): void => {
    messages.exited(event);
    traffic.of(event.route, event.verb).used(event.record.usage);
  };
  const stops = [
    listen<MessageStored>(events.stored, (event) => messages.stored(event)),
    listen<MessageOnRoute>(events.queued, (event) => messages.queued(event)),
    listen<MessageAdmitted>(events.admitted, (event) => messages.admitted(event)),
    listen<MessageAccepted>(events.accepted, (event) => traffic.replied(event)),
    listen<MessageEnded>(events.ended, onEnded),
    listen<ProcessExitedEvent>(events.exited, onExited),
    listen<MessageOver>(events.over, (event) => messages.over(event)),
  ];
  return {
    snapshot: () => takeSnapshot(sources, { messages, traffic, own }),
    timeline: (requestId) => {
      const message = messages.find(requestId);
      return message && timelineOf(message, message.over ? undefined : findProcess(processes, requestId));
    },
    close: () => {
      for (const stop of stops.splice(0)) stop();
      own.close();
    },
  };
}
