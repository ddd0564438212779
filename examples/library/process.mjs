// The supervisor alone: bounded processes with an exact record of how each ended.
import { run, Supervisor } from "urocket/process";

const { how, code, stdout, usage } = await run("/bin/echo", ["hello"]);
console.log(how, code, stdout.data.toString().trim(), usage.maxrss > 0);

const supervisor = new Supervisor();
const slow = supervisor.spawn({ argv: ["/bin/sleep", "60"], env: [], timeout: 100 });
const record = await slow.exited;
console.log(record.how, record.signal);
await supervisor.close();
