import type { ExitRecord, Supervisor } from "../../lib/process/index.ts";
import { type Kind, MIX } from "./mix.ts";

/** How many of a kind ran, and the records that were not as they should be: the first few. */
export interface Tally {
  readonly name: string;
  started: number;
  wrong: number;
  readonly examples: string[];
}

const IN_FLIGHT = 64;
const EXAMPLES = 3;

/** Runs `count` processes of the mix, 64 at a time; `progress` is told after each how many have ended. */
export async function torture(
  supervisor: Supervisor,
  count: number,
  progress: (ended: number) => void = () => {},
): Promise<Tally[]> {
  const tallies = MIX.map(({ name }): Tally => ({ name, started: 0, wrong: 0, examples: [] }));
  let next = 0;
  let ended = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const which = next++ % MIX.length;
      const tally = tallies[which] as Tally;
      const turn = tally.started++;
      const kind = MIX[which] as Kind;
      const record = await runOne(supervisor, kind, turn);
      if (!kind.isRight(record, turn)) note(tally, record);
      progress(++ended);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return tallies;
}

async function runOne(supervisor: Supervisor, { spec, input, killed }: Kind, turn: number): Promise<ExitRecord> {
  const running = supervisor.spawn(spec(turn));
  if (input !== undefined) {
    // What the process does not read is lost when it ends: the stream says so, and that is all it has to do here.
    running.stdin?.on("error", () => {});
    running.stdin?.write(input);
  }
  if (killed) {
    await running.started;
    running.kill("torture");
  }
  return await running.exited;
}

function note(tally: Tally, { how, code, signal, step, errno, reason, stdout, stderr }: ExitRecord): void {
  tally.wrong++;
  if (tally.examples.length === EXAMPLES) return;
  const text = stderr.data.toString().slice(0, 200);
  tally.examples.push(JSON.stringify({ how, code, signal, step, errno, reason, bytes: stdout.bytes, stderr: text }));
}
