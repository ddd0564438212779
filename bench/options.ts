import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Case } from "./case.ts";
import { CASES } from "./cases/index.ts";

/** What a run is to measure, and how. */
export interface Choice {
  readonly quick: boolean;
  readonly long: boolean;
  readonly patient: boolean;
  readonly rounds: number;
  readonly cases: readonly Case[];
  /** Where the report goes. */
  readonly results: string;
}

/** How to call the bench. */
export const USAGE = `usage: npm run bench -- [--quick | --long] [--patient] [--case NAME]... [--rounds NUMBER] [--results FOLDER]

  --quick     two minutes instead of half an hour, with nothing to build a median from
  --long      a million requests in the case \`endurance\`
  --patient   before each round wait until nobody else is at work on this machine; repeat a round that was disturbed
  --case      only this one: ${CASES.map(({ name }) => name).join(", ")}
  --rounds    measurements of each peer at most; 9, or 1 with --quick
  --results   where the table and its JSON go; bench/results`;

/** Reads the command line. Throws for what it does not know. */
export function choose(args: string[]): Choice {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { quick, long, patient, results } = values;
  if (quick && long) throw new Error("expected one of `--quick` and `--long`, got both");
  const rounds = values.rounds === undefined ? (quick ? 1 : 9) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`expected \`--rounds\` to be a whole number, 1 or more, got ${values.rounds}`);
  }
  const names = values.case ?? [];
  const unknown = names.find((name) => CASES.every((known) => known.name !== name));
  if (unknown !== undefined) throw new Error(`expected \`--case\` to name a case, got ${unknown}`);
  const cases = names.length === 0 ? CASES : CASES.filter(({ name }) => names.includes(name));
  return { quick, long, patient, rounds, cases, results };
}

const OPTIONS = {
  quick: { type: "boolean", default: false },
  long: { type: "boolean", default: false },
  patient: { type: "boolean", default: false },
  case: { type: "string", multiple: true },
  rounds: { type: "string" },
  results: { type: "string", default: join(import.meta.dirname, "results") },
} as const;
