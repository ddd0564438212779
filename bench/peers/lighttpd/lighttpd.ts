import { availableParallelism } from "node:os";
import { fill } from "../../tools/fill.ts";
import { freePort } from "../../tools/free-port.ts";
import { find } from "../../tools/installed.ts";
import type { ServerKind } from "../../tools/serve.ts";
import { startServer } from "../../tools/server.ts";
import { HELLO } from "../hello.ts";

/** lighttpd with mod_cgi. */
export const lighttpd: ServerKind = {
  name: "lighttpd mod_cgi",
  note: "One worker for each core, no access log (bench/peers/lighttpd).",
  needs: [{ program: "lighttpd", package: "lighttpd" }],
  start: async ({ directory, programs }) => {
    const port = await freePort();
    const cores = availableParallelism();
    const file = fill("lighttpd/lighttpd.conf", directory, { port, programs, directory, cores });
    return await startServer({ directory, port, commands: [[find("lighttpd") ?? "", "-D", "-f", file]], probe: HELLO });
  },
};
