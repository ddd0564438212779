import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Exchange } from "../../tools/exchange.ts";
import { fill } from "../../tools/fill.ts";
import { freePort } from "../../tools/free-port.ts";
import type { ServerKind } from "../../tools/serve.ts";
import { type Server, startServer } from "../../tools/server.ts";
import { HELLO } from "../hello.ts";

const PROGRAM = join(import.meta.dirname, "../../../dist/cli/main.js");

export interface UrocketOptions {
  /** Its own. */
  readonly directory: string;
  /** Name of a file beside this one. */
  readonly configuration: string;
  /** Holds the programs that the configuration names. */
  readonly programs: string;
  readonly probe: Exchange;
  /** For the runtime. */
  readonly flags?: readonly string[] | undefined;
}

/** Starts the built program on a free port. */
export async function startUrocket(options: UrocketOptions): Promise<Server> {
  const { directory, configuration, programs, probe, flags = [] } = options;
  mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const file = fill(`urocket/${configuration}`, directory, { port, programs });
  const command = [process.execPath, ...flags, PROGRAM, "run", "-c", file] as const;
  return await startServer({ directory, port, commands: [command], probe });
}

/** The built program with a configuration beside this file. */
export function urocket(configuration: string, note: string): ServerKind {
  return {
    name: "urocket",
    note,
    needs: [],
    start: (place) => startUrocket({ ...place, configuration, probe: HELLO }),
  };
}
