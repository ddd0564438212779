import { chmodSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fill } from "../../tools/fill.ts";
import { freePort } from "../../tools/free-port.ts";
import { find } from "../../tools/installed.ts";
import type { ServerKind } from "../../tools/serve.ts";
import { startServer } from "../../tools/server.ts";
import { HELLO } from "../hello.ts";

/** Apache with mod_cgid. */
export const apache: ServerKind = {
  name: "Apache mod_cgid",
  note: "Event MPM, one process with 64 threads for each core, no access log (bench/peers/apache).",
  needs: [{ program: "apache2", package: "apache2-bin" }],
  start: async ({ directory, programs }) => {
    const port = await freePort();
    const cores = availableParallelism();
    const modules = "/usr/lib/apache2/modules";
    const isRoot = process.getuid?.() === 0;
    // Its user keeps a socket there.
    if (isRoot) chmodSync(directory, 0o777);
    const user = isRoot ? "User www-data\nGroup www-data" : "";
    const values = { port, programs, directory, cores, threads: 64 * cores, modules, user };
    const file = fill("apache/apache.conf", directory, values);
    const command = [find("apache2") ?? "", "-f", file, "-D", "FOREGROUND"] as const;
    return await startServer({ directory, port, commands: [command], probe: HELLO });
  },
};
