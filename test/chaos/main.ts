import { parseArgs } from "node:util";
import { type ChaosOptions, chaos } from "./chaos.ts";

const USAGE = `usage: npm run chaos -- [--seconds NUMBER] [--callers NUMBER] [--seed NUMBER]

  --seconds   how long; 180
  --callers   at once; 24
  --seed      the same seed makes the same choices; the time of day`;

/** Runs the chaos of the command line and prints the counts; 1 when anything was wrong or left behind. */
async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const ends: (() => Promise<void>)[] = [];
  try {
    const counts = await chaos({ after: (end) => void ends.push(end as () => Promise<void>) }, options);
    console.log(counts.table());
    for (const line of counts.wrong) console.log(`wrong: ${line}`);
    console.log(`\n${counts.get("messages")} messages in ${options.seconds} s, seed ${options.seed}.`);
    return counts.wrong.length > 0 ? 1 : 0;
  } finally {
    for (const end of ends) await end();
    console.log("Nothing was left behind: no process, no socket file, no directory.");
  }
}

function readOptions(args: string[]): ChaosOptions | undefined {
  const texts = { seconds: "180", callers: "24", seed: String(Date.now() % 2 ** 32) };
  try {
    const { values } = parseArgs({
      args,
      options: { seconds: { type: "string" }, callers: { type: "string" }, seed: { type: "string" } },
    });
    const given = { ...texts, ...values };
    const whole = (name: keyof typeof texts): number => {
      const value = Number(given[name]);
      if (Number.isInteger(value) && value > 0) return value;
      throw new Error(`expected \`--${name}\` to be a whole number above 0, got ${given[name]}`);
    };
    return { seconds: whole("seconds"), callers: whole("callers"), seed: whole("seed") };
  } catch (error) {
    console.error(`chaos: ${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2));
