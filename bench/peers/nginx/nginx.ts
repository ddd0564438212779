import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fill } from "../../tools/fill.ts";
import { freePort } from "../../tools/free-port.ts";
import { find } from "../../tools/installed.ts";
import type { ServerKind } from "../../tools/serve.ts";
import { startServer } from "../../tools/server.ts";
import { HELLO } from "../hello.ts";

/** nginx in front of fcgiwrap, both of which are the server. */
export const nginx: ServerKind = {
  name: "nginx + fcgiwrap",
  note: "One nginx worker and four fcgiwrap processes for each core, no access log (bench/peers/nginx).",
  needs: [
    { program: "nginx", package: "nginx" },
    { program: "fcgiwrap", package: "fcgiwrap" },
  ],
  start: async ({ directory, programs }) => {
    const port = await freePort();
    const cores = availableParallelism();
    const user = process.getuid?.() === 0 ? "user root;" : "";
    const file = fill("nginx/nginx.conf", directory, { port, programs, directory, cores, user });
    const socket = join(directory, "fcgiwrap.sock");
    // Each process runs one program at a time and waits for it, so there are more than cores.
    const wrapper = [find("fcgiwrap") ?? "", "-c", String(4 * cores), "-s", `unix:${socket}`] as const;
    const front = [find("nginx") ?? "", "-e", join(directory, "error.log"), "-p", directory, "-c", file] as const;
    return await startServer({ directory, port, commands: [front, wrapper], probe: HELLO });
  },
};
