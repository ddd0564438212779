// Ours, through the interface that the gateway uses.
import { Supervisor } from "../../../dist/process/index.js";
import { flatOut } from "../../tools/flat-out.mjs";

const supervisor = new Supervisor();
const spec = { argv: ["/bin/echo", "hello"], env: [] };
await flatOut((done) => {
  supervisor.start(spec, { onDeadline() {}, onExit: ({ stdout }) => done(stdout.data.toString()) });
});
await supervisor.close();
