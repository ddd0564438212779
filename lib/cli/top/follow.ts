import { setTimeout as delay } from "node:timers/promises";
import { UrocketError } from "../../core/errors.ts";
import type { StatusSnapshot } from "../../observe/status/types.ts";
import type { AdminClient } from "./client.ts";

/** New figures, or why there are none. */
export type News = { readonly snapshot: StatusSnapshot } | { readonly lost: string };

/** Tells of every snapshot until the signal; a gateway that is gone is asked again and again, for it may come back. */
export async function follow(
  client: Pick<AdminClient, "stream">,
  tell: (news: News) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const lost = await listen(client, tell, signal);
    if (signal.aborted) return;
    tell({ lost: `trying again: ${lost}` });
    await pause(signal);
  }
}

async function listen(
  client: Pick<AdminClient, "stream">,
  tell: (news: News) => void,
  signal: AbortSignal,
): Promise<string> {
  try {
    for await (const snapshot of client.stream(signal)) tell({ snapshot });
    return "the gateway has ended";
  } catch (error) {
    if (error instanceof UrocketError) return error.message;
    throw error;
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await delay(EVERY, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Milliseconds between two attempts. */
const EVERY = 1000;
