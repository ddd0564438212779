import type { Address } from "../helpers/wire.ts";
import type { Counts } from "./counts.ts";
import type { Random } from "./random.ts";

/** What all who take part in a run know. */
export interface World {
  readonly front: Address;
  readonly back: Address;
  readonly random: Random;
  readonly counts: Counts;
  /** The run is over: finish what is under way. */
  readonly over: boolean;
  /** The gateway was told to stop: connections may be closed from now on. */
  readonly stopping: boolean;
}
