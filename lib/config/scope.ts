import type { MistakeList } from "./mistakes.ts";
import type { Places } from "./places.ts";

/** What a setting is read against. */
export interface Scope {
  /** Where relative paths start from. */
  readonly folder: string;
  readonly places: Places;
  readonly mistakes: MistakeList;
  /** The parameters of the route's path; undefined in `defaults`, where they are not known. */
  readonly params: readonly string[] | undefined;
}
