import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine } from "./machine.ts";
import { type CaseResult, measure } from "./measure.ts";
import { type Choice, choose, USAGE } from "./options.ts";
import { idleShare } from "./quiet.ts";
import { renderCase, renderFoot, renderHead } from "./render.ts";
import { makeScratch } from "./tools/scratch.ts";

async function main(args: string[]): Promise<number> {
  let choice: Choice;
  try {
    choice = choose(args);
  } catch (error) {
    console.error(`bench: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  await run(choice, makeScratch());
  return 0;
}

async function run(choice: Choice, scratch: string): Promise<void> {
  const { quick, long, patient, rounds, cases } = choice;
  const machine = describeMachine();
  const idleBefore = await idleShare();
  const parts: string[] = [];
  const print = (part: string): void => {
    parts.push(part);
    console.log(part);
  };
  const keep = keeper(choice.results);
  const facts = { machine, rounds, quick, long, patient, idleBefore };
  print(renderHead(machine, rounds, { quick, patient }));
  const results: CaseResult[] = [];
  for (const one of cases) {
    const place = join(scratch, one.name);
    mkdirSync(place);
    const setting = { patient, quick, long, window: quick ? 1000 : 2000, scratch: place };
    const result = await measure(one, setting, rounds, (text) => process.stderr.write(`${text}\n`));
    results.push(result);
    print(renderCase(result));
    // What is measured is not lost when a later case goes wrong.
    keep({ ...facts, cases: results }, parts);
  }
  const idleAfter = await idleShare();
  print(renderFoot(idleBefore, idleAfter, patient));
  console.log(`Kept in ${keep({ ...facts, idleAfter, cases: results }, parts)}`);
}

/** Writes the results so far beside those of earlier runs; tells the name of the files without its ending. */
function keeper(directory: string): (results: object, parts: readonly string[]) => string {
  const name = join(directory, new Date().toISOString().replace(/[:.]/g, "-"));
  return (results, parts) => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${name}.json`, `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(`${name}.md`, parts.join("\n"));
    return `${name}.{json,md}`;
  };
}

process.exitCode = await main(process.argv.slice(2));
