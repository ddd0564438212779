// node:child_process with what a program needs to know of its child: its output and its end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { footprint } from "../../tools/footprint.mjs";

const start = (...command) => {
  const child = spawn(...command, { env: {}, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", () => {});
  child.stderr.on("data", () => {});
  return child;
};

const running = await footprint(
  () => once(start("/bin/true", []), "close"),
  async () => {
    const child = start("/bin/sleep", ["600"]);
    await once(child, "spawn");
    return child;
  },
);
await Promise.all(
  running.map((child) => {
    child.kill("SIGKILL");
    return once(child, "close");
  }),
);
