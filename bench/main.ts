import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Case } from "./case.ts";
import { CASES } from "./cases/index.ts";
import { describeMachine } from "./machine.ts";
import { type CaseResult, measure } from "./measure.ts";
import { idleShare } from "./quiet.ts";
import { renderCase, renderFoot, renderHead } from "./render.ts";

const USAGE = `usage: npm run bench -- [--quick] [--patient] [--case NAME]... [--rounds NUMBER]

  --quick     a minute instead of some five, with less to build a median from
  --patient   before each round wait until nobody else is at work on this machine; repeat a round that was disturbed
  --case      only this one: ${CASES.map(({ name }) => name).join(", ")}
  --rounds    measurements of each peer; 9, or 3 with --quick`;

async function main(args: string[]): Promise<number> {
  let choice: Choice;
  try {
    choice = choose(args);
  } catch (error) {
    console.error(`bench: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const scratch = mkdtempSync(join(tmpdir(), "urocket-bench-"));
  process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  await run(choice, scratch);
  return 0;
}

const OPTIONS = {
  quick: { type: "boolean", default: false },
  patient: { type: "boolean", default: false },
  case: { type: "string", multiple: true },
  rounds: { type: "string" },
} as const;

interface Choice {
  readonly quick: boolean;
  readonly patient: boolean;
  readonly rounds: number;
  readonly cases: readonly Case[];
}

function choose(args: string[]): Choice {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { quick, patient } = values;
  const rounds = values.rounds === undefined ? (quick ? 3 : 9) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`expected \`--rounds\` to be a whole number, 1 or more, got ${values.rounds}`);
  }
  const names = values.case ?? [];
  const unknown = names.find((name) => CASES.every((known) => known.name !== name));
  if (unknown !== undefined) throw new Error(`expected \`--case\` to name a case, got ${unknown}`);
  return {
    quick,
    patient,
    rounds,
    cases: names.length === 0 ? CASES : CASES.filter(({ name }) => names.includes(name)),
  };
}

async function run({ quick, patient, rounds, cases }: Choice, scratch: string): Promise<void> {
  const machine = describeMachine();
  const idleBefore = await idleShare();
  const parts: string[] = [];
  const print = (part: string): void => {
    parts.push(part);
    console.log(part);
  };
  print(renderHead(machine, rounds, { quick, patient }));
  const results: CaseResult[] = [];
  for (const one of cases) {
    const setting = { patient, window: quick ? 1000 : 2000, scratch };
    const result = await measure(one, setting, rounds, (text) => process.stderr.write(`${text}\n`));
    results.push(result);
    print(renderCase(result));
  }
  const idleAfter = await idleShare();
  print(renderFoot(idleBefore, idleAfter, patient));
  const files = keep({ machine, rounds, quick, patient, idleBefore, idleAfter, cases: results }, parts.join("\n"));
  console.log(`Kept in ${files}`);
}

/** Writes the results beside those of earlier runs; their name without its ending. */
function keep(results: object, markdown: string): string {
  const directory = join(import.meta.dirname, "results");
  mkdirSync(directory, { recursive: true });
  const name = join(directory, new Date().toISOString().replace(/[:.]/g, "-"));
  writeFileSync(`${name}.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${name}.md`, markdown);
  return `${name}.{json,md}`;
}

process.exitCode = await main(process.argv.slice(2));
