import type { Channel } from "node:diagnostics_channel";

/** Listens to one kind of event; returns the function that stops it. */
export function listen<Event>(channel: Channel, hear: (event: Event) => void): () => void {
  const listener = (event: unknown): void => hear(event as Event);
  channel.subscribe(listener);
  return () => void channel.unsubscribe(listener);
}
