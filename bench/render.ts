import type { Metric, Sample } from "./case.ts";
import type { Machine } from "./machine.ts";
import type { CaseResult, PeerResult, Verdict } from "./measure.ts";
import { QUIET } from "./quiet.ts";
import { median } from "./statistics.ts";

/** The head of a report: the machine and the way of measuring. */
export function renderHead(
  machine: Machine,
  rounds: number,
  { quick, patient }: { readonly quick: boolean; readonly patient: boolean },
): string {
  const { cpu, cores, memoryGiB, kernel, system, node, compiler, generator } = machine;
  return `# Benchmark${quick ? ", quick form" : ""}

${cpu}, ${cores} cores, ${memoryGiB} GiB; Linux ${kernel}, ${system}; Node ${node}, ${compiler}; load by ${generator}.
Rounds: at most ${rounds}, peers in turn${patient ? ", each round on a quiet machine" : ""}. Figures are medians, with the smallest and the largest in
brackets. Ratios are taken within each round.
`;
}

/** The end of a report: whether others disturbed it. */
export function renderFoot(idleBefore: number, idleAfter: number, patient: boolean): string {
  const shares = `${percent(idleBefore)} before the run, ${percent(idleAfter)} after it`;
  const busy = !patient && Math.min(idleBefore, idleAfter) < QUIET;
  return `CPUs idle: ${shares}.${busy ? " **Others were at work: these figures tell little. `--patient` waits.**" : ""}\n`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** A case: a table of its peers, and one of its targets. */
export function renderCase({ name, about, metrics, peers, verdicts }: CaseResult): string {
  const head = ["peer", ...metrics.map(({ title }) => title), "what it is"];
  const right = ["---", ...metrics.map(() => "---:"), "---"];
  const rows = peers.map((peer) => [peer.name, ...cells(metrics, peer), peer.note]);
  const parts = [`## ${name}`, about, table([head, right, ...rows])];
  if (verdicts.length > 0)
    parts.push(table([["target", "measured", "verdict"], ["---", "---:", "---"], ...verdicts.map(verdictRow)]));
  return `${parts.join("\n\n")}\n`;
}

function cells(metrics: readonly Metric[], { absent, samples }: PeerResult): string[] {
  if (absent !== undefined) return metrics.map((_, i) => (i === 0 ? `absent: ${absent}` : ""));
  return metrics.map(({ key, digits }) => spread(values(samples, key), digits));
}

function verdictRow({ target, figures, met }: Verdict): string[] {
  const { metric, peer, over, bound, value, unit } = target;
  const what = over === undefined ? `${metric} of ${peer}` : `${metric} of ${peer} ÷ ${over}`;
  const wanted = `${what}: ${bound} ${value} ${unit}`;
  if (met === undefined) return [wanted, "", "not measured: a peer is absent"];
  return [wanted, spread(figures, 2), met ? "met" : "**missed**"];
}

function values(samples: readonly Sample[], key: string): number[] {
  return samples.flatMap((sample) => sample[key] ?? []);
}

function spread(figures: readonly number[], digits: number): string {
  const text = (figure: number): string =>
    figure.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (figures.length === 0) return "–";
  if (figures.length === 1) return text(median(figures));
  return `${text(median(figures))} (${text(Math.min(...figures))}–${text(Math.max(...figures))})`;
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
