// node:child_process: a JavaScript timer for each process. Argument: the program that notes SIGTERM.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { blockOver, COUNT, monotonic, report, TIMEOUT } from "../../tools/lateness.mjs";

const options = { env: {}, stdio: ["ignore", "pipe", "pipe"], timeout: TIMEOUT };
const deadlines = [];
const outputs = [];
for (let i = 0; i < COUNT; i++) {
  const child = spawn(process.argv[2], [], options);
  child.stderr.resume();
  deadlines.push(monotonic() + TIMEOUT);
  outputs.push(text(child.stdout));
}
const blocked = await blockOver(deadlines);
report(deadlines, await Promise.all(outputs), blocked);
