import type { StatusProcess, StatusSnapshot } from "../../observe/status/types.ts";

/** What the processes can be sorted by; the first is how it begins. */
export const SORTS = ["age", "cpu", "memory", "route"] as const;

export type Sort = (typeof SORTS)[number];

/** What is shown: the figures, and what the person in front of them chose. */
export interface View {
  readonly snapshot: StatusSnapshot | undefined;
  /** Why there are no newer figures; undefined while they come. */
  readonly lost: string | undefined;
  readonly sort: Sort;
  /** Request id of the chosen process. */
  readonly selected: string | undefined;
  /** The process that is to be killed, if the answer is yes. */
  readonly asked: StatusProcess | undefined;
  readonly help: boolean;
  /** What came of the last thing that was done. */
  readonly note: string;
}

/** How it begins. */
export const FIRST_VIEW: View = {
  snapshot: undefined,
  lost: "connecting",
  sort: SORTS[0],
  selected: undefined,
  asked: undefined,
  help: false,
  note: "",
};

/** The processes in their order. */
export function sorted({ snapshot, sort }: Pick<View, "snapshot" | "sort">): StatusProcess[] {
  return [...(snapshot?.processes ?? [])].sort(ORDERS[sort]);
}

/** The view with the choice moved by so many rows; the first row when nothing was chosen, or what was has ended. */
export function moved(view: View, by: number): View {
  const ids = sorted(view).map(({ requestId }) => requestId);
  const at = view.selected === undefined ? -1 : ids.indexOf(view.selected);
  const next = at === -1 ? 0 : Math.min(Math.max(at + by, 0), ids.length - 1);
  return { ...view, selected: ids[next], note: "" };
}

/** The next thing to sort by. */
export function resorted(view: View): View {
  const sort = SORTS[(SORTS.indexOf(view.sort) + 1) % SORTS.length] ?? SORTS[0];
  return { ...view, sort, note: `sorted by ${sort}` };
}

const ORDERS: Readonly<Record<Sort, (one: StatusProcess, other: StatusProcess) => number>> = {
  age: (one, other) => other.age - one.age,
  cpu: (one, other) => (other.cpu ?? 0) - (one.cpu ?? 0),
  memory: (one, other) => (other.rss ?? 0) - (one.rss ?? 0),
  route: (one, other) => nameOf(one).localeCompare(nameOf(other)) || other.age - one.age,
};

function nameOf({ route, verb }: StatusProcess): string {
  return `${route} ${verb}`;
}
