import { parseArgs } from "node:util";
import { Supervisor } from "../../lib/process/index.ts";
import { until } from "../helpers/until.ts";
import { type Facts, look } from "./facts.ts";
import { type Tally, torture } from "./torture.ts";

const USAGE = `usage: npm run torture -- [--count NUMBER]

  --count     processes to start; 100000`;

/** Runs the torture of the command line; 1 when anything was wrong or left behind. */
async function main(args: string[]): Promise<number> {
  const count = readCount(args);
  if (count === undefined) return 2;
  const supervisor = new Supervisor({ subreaper: true });
  // What a program pays once is not a leak.
  await torture(supervisor, Math.min(count, 1000));
  await settled();
  const before = look();
  const begin = performance.now();
  const residents: string[] = [];
  const tallies = await torture(supervisor, count, (ended) => {
    if (ended % Math.ceil(count / 10) === 0) residents.push(mebibytes(look().resident));
  });
  const seconds = (performance.now() - begin) / 1000;
  await settled();
  const after = look();
  const orphans = supervisor.orphansReaped;
  await supervisor.close();

  printTallies(tallies);
  printFacts(before, after);
  const rate = (count / seconds).toFixed(0);
  console.log(`\n${count} processes in ${seconds.toFixed(0)} s (${rate}/s), ${orphans} orphans adopted and reaped.`);
  console.log(`Resident memory in MiB, after each tenth: ${residents.join(", ")}.`);
  const wrong = tallies.some((tally) => tally.wrong > 0);
  const left = after.children > 0 || after.descriptors !== before.descriptors;
  return wrong || left ? 1 : 0;
}

function readCount(args: string[]): number | undefined {
  try {
    const { values } = parseArgs({ args, options: { count: { type: "string", default: "100000" } } });
    const count = Number(values.count);
    if (Number.isInteger(count) && count > 0) return count;
    throw new Error(`expected \`--count\` to be a whole number above 0, got ${values.count}`);
  } catch (error) {
    console.error(`torture: ${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

/** Orphans are adopted and reaped a little after their end. */
async function settled(): Promise<void> {
  await until("no child to be left", () => look().children === 0);
}

function printTallies(tallies: readonly Tally[]): void {
  console.log("| kind | started | wrong record |\n| --- | ---: | ---: |");
  for (const { name, started, wrong } of tallies) console.log(`| ${name} | ${started} | ${wrong} |`);
  for (const { name, examples } of tallies) for (const example of examples) console.log(`${name}: ${example}`);
}

function printFacts(before: Facts, after: Facts): void {
  const row = (name: string, value: (facts: Facts) => number | string): string =>
    `| ${name} | ${value(before)} | ${value(after)} |`;
  console.log("\n| | before | after |\n| --- | ---: | ---: |");
  console.log(row("children", ({ children }) => children));
  console.log(row("zombies", ({ zombies }) => zombies));
  console.log(row("descriptors", ({ descriptors }) => descriptors));
  console.log(row("resident memory, MiB", ({ resident }) => mebibytes(resident)));
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

process.exitCode = await main(process.argv.slice(2));
