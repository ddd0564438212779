import { UrocketError } from "../../core/errors.ts";
import type { StatusSnapshot } from "../../observe/status/types.ts";
import { clean } from "./cells.ts";
import { eventsOf } from "./event-stream.ts";
import type { AdminPlace } from "./place.ts";

/** Asks an admin port. What it can't tell, for whatever reason, is `admin-unavailable`. */
export class AdminClient {
  readonly #place: AdminPlace;

  constructor(place: AdminPlace) {
    this.#place = place;
  }

  async snapshot(): Promise<StatusSnapshot> {
    const response = await this.#ask("/api/status", { signal: AbortSignal.timeout(PATIENCE) });
    return this.#snapshotOf(await this.#reading(response.text()));
  }

  /** Snapshots as they come, until the gateway ends them or the signal does. */
  async *stream(signal: AbortSignal): AsyncGenerator<StatusSnapshot> {
    // A gateway that was stopped, or a network that lost us, says nothing at all.
    const silent = new AbortController();
    const timer = setTimeout(() => silent.abort(new Error(`nothing for ${PATIENCE / 1000} s`)), PATIENCE);
    try {
      const response = await this.#ask("/api/status/stream", { signal: AbortSignal.any([signal, silent.signal]) });
      const events = eventsOf(response.body ?? new ReadableStream());
      for (;;) {
        const { done, value } = await this.#reading(events.next());
        if (done) return;
        timer.refresh();
        yield this.#snapshotOf(value);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Kills the process of a request. */
  async kill(requestId: string): Promise<void> {
    const { token, tokenFault } = this.#place;
    if (token === undefined) {
      throw new UrocketError("admin-unavailable", `to kill, the token of the admin port is needed: ${tokenFault}`);
    }
    const path = `/api/requests/${encodeURIComponent(requestId)}/kill`;
    const refusal = await refusalOf(await this.#send(path, { method: "POST", signal: AbortSignal.timeout(PATIENCE) }));
    if (refusal !== undefined) throw new UrocketError("admin-unavailable", `not killed: ${clean(refusal)}`);
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#send(path, init);
    const refusal = await refusalOf(response);
    if (refusal !== undefined) throw this.#fault(refusal);
    return response;
  }

  #send(path: string, init: RequestInit): Promise<Response> {
    const { url, token } = this.#place;
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return this.#reading(fetch(`${url}${path}`, { ...init, headers, redirect: "error" }));
  }

  #snapshotOf(text: string): StatusSnapshot {
    const found = parseSnapshot(text);
    if (found === undefined) throw this.#fault("something else: is it a urocket, and of this version?");
    return found;
  }

  async #reading<Value>(reading: Promise<Value>): Promise<Value> {
    try {
      return await reading;
    } catch (error) {
      throw this.#fault(reasonOf(error), error);
    }
  }

  #fault(reason: string, cause?: unknown): UrocketError {
    const message = `expected the status of a gateway at ${this.#place.url}, got ${clean(reason)}`;
    return new UrocketError("admin-unavailable", message, { cause });
  }
}

/** How long an answer may take, in milliseconds; snapshots come once a second. */
const PATIENCE = 5000;

/** Undefined for what has not the parts that are shown. */
function parseSnapshot(text: string): StatusSnapshot | undefined {
  try {
    const found: StatusSnapshot = JSON.parse(text);
    const lists = [found.seconds, found.processes, found.line, found.routes, found.lastFailures, found.lastRequests];
    return lists.every(Array.isArray) && typeof found.self.pid === "number" ? found : undefined;
  } catch {
    return undefined;
  }
}

async function refusalOf(response: Response): Promise<string | undefined> {
  if (response.ok) return undefined;
  const text = await response.text().catch(reasonOf);
  try {
    const { code, detail } = JSON.parse(text);
    return `${response.status} ${code}: ${detail}`;
  } catch {
    return `${response.status}, which is none of ours`;
  }
}

/** Of what a failed request throws, the reason is in the cause; addresses that were tried in turn have one each. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const [first = cause] = cause instanceof AggregateError ? cause.errors : [];
  return first instanceof Error ? first.message : String(first);
}
