import type { TransientMap } from "../core/transient-map.ts";
import type { ProcessStarter } from "../process/types.ts";
import type { Admission } from "./admission.ts";
import type { Expiry } from "./expiry.ts";
import type { PendingTable } from "./pending.ts";

/** What all messages in flight share. */
export interface Desk<InFlight> {
  readonly starter: ProcessStarter;
  readonly pending: PendingTable<InFlight>;
  readonly expiry: Expiry;
  readonly admission: Admission;
  /** How long a message may wait for its slot, in milliseconds; changes with a reload. */
  queueTimeout: number;
  /** Request id → message whose answer came and waits for the figures of its process. */
  readonly held: TransientMap<string, InFlight>;
  /** The message has ended, and its process too. */
  leave(message: InFlight): void;
}
