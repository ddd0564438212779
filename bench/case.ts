/** What one measurement of one peer gave, by metric. A peer may lack a metric that makes no sense for it. */
export type Sample = Readonly<Record<string, number>>;

/** One of those that are compared. */
export interface Peer {
  readonly name: string;
  /** What it does and why it is a fair match: a line of the report. */
  readonly note: string;
  /** Why it can't be measured on this machine; then it is listed as absent. */
  readonly absent?: string | undefined;
  measure(): Promise<Sample>;
}

/** A column of the table. */
export interface Metric {
  readonly key: string;
  readonly title: string;
  readonly digits: number;
}

/** What a case is to reach: a bound on a figure of one peer, or on its ratio to the same figure of another. */
export interface Target {
  readonly metric: string;
  readonly peer: string;
  /** Set where the bound is on a ratio. */
  readonly over?: string | undefined;
  readonly bound: "at least" | "at most";
  readonly value: number;
  readonly unit: string;
}

/** How much time there is, and where files may be put. */
export interface Setting {
  /** Wait for a quiet machine before each round, and repeat a round that others disturbed. */
  readonly patient: boolean;
  /** The form that takes as long as it takes, for what shows only after many requests. */
  readonly long: boolean;
  /** The form that is to be over soon. */
  readonly quick: boolean;
  /** Length of one measurement that can be of any length, in milliseconds. */
  readonly window: number;
  /** A directory that is removed at the end of the run. */
  readonly scratch: string;
}

/** A case that is ready to be measured. */
export interface Bench {
  readonly peers: readonly Peer[];
  close(): Promise<void>;
}

/** Something worth measuring. */
export interface Case {
  readonly name: string;
  /** What is measured, in a sentence or two of the report. */
  readonly about: string;
  readonly metrics: readonly Metric[];
  readonly targets: readonly Target[];
  /** Measurements of each peer at most, where many would take too long. */
  readonly mostRounds?: number | undefined;
  prepare(setting: Setting): Promise<Bench>;
}
