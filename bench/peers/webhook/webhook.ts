import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../tools/free-port.ts";
import { find } from "../../tools/installed.ts";
import type { ServerKind } from "../../tools/serve.ts";
import { startServer } from "../../tools/server.ts";
import { HELLO } from "../hello.ts";

/** webhook, which runs a command for a request. Its log is off by default; it takes the cores that there are. */
export const webhook: ServerKind = {
  name: "webhook",
  note: "One hook for each program, output in the response, not verbose (bench/peers/webhook).",
  needs: [{ program: "webhook", package: "webhook" }],
  start: async ({ directory, programs }) => {
    const port = await freePort();
    const file = join(directory, "hooks.json");
    writeFileSync(file, JSON.stringify(readdirSync(programs).map((name) => hook(name, programs))));
    // An empty prefix: the hook is the path, as with the others.
    const args = ["-hooks", file, "-ip", "127.0.0.1", "-port", String(port), "-urlprefix", ""];
    return await startServer({ directory, port, commands: [[find("webhook") ?? "", ...args]], probe: HELLO });
  },
};

function hook(id: string, programs: string): object {
  return {
    id,
    "execute-command": join(programs, id),
    "http-methods": ["GET"],
    // Otherwise it answers before the program has run.
    "include-command-output-in-response": true,
    "include-command-output-in-response-on-error": true,
  };
}
