// Ours: the reactor thread keeps the deadlines, whatever JavaScript does. Argument: the program that notes SIGTERM.
import { Supervisor } from "../../../dist/process/index.js";
import { blockOver, COUNT, report, TIMEOUT } from "../../tools/lateness.mjs";

const supervisor = new Supervisor();
const spec = { argv: [process.argv[2]], env: [], timeout: TIMEOUT };
const processes = Array.from({ length: COUNT }, () => supervisor.spawn(spec));
const pids = await Promise.all(processes.map(({ started }) => started));
const startOf = new Map(supervisor.list().map(({ pid, startedAt }) => [pid, startedAt]));
const deadlines = pids.map((pid) => startOf.get(pid) + TIMEOUT);
const blocked = await blockOver(deadlines);
const records = await Promise.all(processes.map(({ exited }) => exited));
report(
  deadlines,
  records.map(({ stdout }) => stdout.data.toString()),
  blocked,
);
await supervisor.close();
