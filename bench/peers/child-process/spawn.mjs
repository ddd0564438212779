// node:child_process as its documentation has it: `close` comes when the process has ended and both pipes are read.
import { spawn } from "node:child_process";
import { flatOut } from "../../tools/flat-out.mjs";

await flatOut((done) => {
  const child = spawn("/bin/echo", ["hello"], { env: {}, stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.resume();
  child.on("close", () => done(Buffer.concat(output).toString()));
});
