import type { Case, Metric, Peer, Sample, Setting, Target } from "./case.ts";
import { isQuiet, untilQuiet } from "./quiet.ts";
import { median } from "./statistics.ts";

/** What a case gave: every sample, and what became of the targets. */
export interface CaseResult {
  readonly name: string;
  readonly about: string;
  readonly metrics: readonly Metric[];
  readonly peers: readonly PeerResult[];
  readonly verdicts: readonly Verdict[];
}

export interface PeerResult {
  readonly name: string;
  readonly note: string;
  readonly absent: string | undefined;
  readonly samples: readonly Sample[];
}

/** A target and the figures it is held against, one for each round. */
export interface Verdict {
  readonly target: Target;
  readonly figures: readonly number[];
  /** Whether the median reaches it; undefined where a peer is absent. */
  readonly met: boolean | undefined;
}

/** Runs a case: every peer once in each round, forwards and backwards in turn, so that a drift of the machine hits all. */
export async function measure(
  one: Case,
  setting: Setting,
  rounds: number,
  tell: (text: string) => void,
): Promise<CaseResult> {
  const { name, about, metrics, targets } = one;
  const bench = await one.prepare(setting);
  try {
    const samples = new Map<string, Sample[]>(bench.peers.map((peer) => [peer.name, []]));
    const present = bench.peers.filter(({ absent }) => absent === undefined);
    const count = Math.min(rounds, one.mostRounds ?? rounds);
    for (let round = 1; round <= count; round++) {
      tell(`${name}: round ${round} of ${count}`);
      const order = round % 2 === 1 ? present : present.toReversed();
      for (const [peer, sample] of await takeRound(order, metrics, setting.patient, tell))
        samples.get(peer)?.push(sample);
    }
    const peers = bench.peers.map((peer) => result(peer, samples.get(peer.name) ?? []));
    return { name, about, metrics, peers, verdicts: targets.map((target) => judge(target, samples)) };
  } finally {
    await bench.close();
  }
}

/** A sample of every peer. Who is patient gets one in which nobody else was at work, before and after at least. */
async function takeRound(
  peers: readonly Peer[],
  metrics: readonly Metric[],
  patient: boolean,
  tell: (text: string) => void,
): Promise<Map<string, Sample>> {
  for (;;) {
    if (patient && !(await isQuiet())) {
      tell("waiting until nobody else is at work");
      await untilQuiet();
    }
    const samples = new Map<string, Sample>();
    for (const peer of peers) samples.set(peer.name, complete(await peer.measure(), peer, metrics));
    if (!patient || (await isQuiet())) return samples;
    tell("disturbed by others: once more");
  }
}

function result({ name, note, absent }: Peer, samples: readonly Sample[]): PeerResult {
  return { name, note, absent, samples };
}

/** Ratios are taken within a round, where both peers met the same machine. */
function judge(target: Target, samples: ReadonlyMap<string, readonly Sample[]>): Verdict {
  const { metric, peer, over, bound, value } = target;
  const ours = column(samples, peer, metric);
  const figures = over === undefined ? ours : divide(ours, column(samples, over, metric));
  if (figures.length === 0) return { target, figures, met: undefined };
  const middle = median(figures);
  return { target, figures, met: bound === "at least" ? middle >= value : middle <= value };
}

function column(samples: ReadonlyMap<string, readonly Sample[]>, peer: string, metric: string): number[] {
  return (samples.get(peer) ?? []).map((sample) => sample[metric] ?? Number.NaN);
}

/** A figure that is none, or a peer without any, is a mistake in the bench. */
function complete(sample: Sample, { name }: Peer, metrics: readonly Metric[]): Sample {
  const known = metrics.filter(({ key }) => sample[key] !== undefined);
  if (known.length === 0) throw new Error(`expected figures of ${name}, got none`);
  for (const { key } of known) {
    if (!Number.isFinite(sample[key]))
      throw new Error(`expected \`${key}\` of ${name} to be a number, got ${sample[key]}`);
  }
  return sample;
}

/** Empty where one of the two is absent. */
function divide(ours: readonly number[], theirs: readonly number[]): number[] {
  return theirs.flatMap((value, round) => (ours[round] === undefined ? [] : [ours[round] / value]));
}
