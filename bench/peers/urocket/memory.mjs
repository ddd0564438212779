// Ours: one observer object for each process, as the gateway has it.
import { Supervisor } from "../../../dist/process/index.js";
import { footprint } from "../../tools/footprint.mjs";

const supervisor = new Supervisor();
const spec = { argv: ["/bin/sleep", "600"], env: [] };

await footprint(
  () => supervisor.spawn({ argv: ["/bin/true"], env: [] }).exited,
  () =>
    new Promise((resolve) => {
      const observer = { onStarted: () => resolve(child), onDeadline() {}, onExit() {} };
      const child = supervisor.start(spec, observer);
    }),
);
await supervisor.close();
