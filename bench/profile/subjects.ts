import { join } from "node:path";
import { HELLO } from "../peers/hello.ts";
import { startUrocket } from "../peers/urocket/urocket.ts";
import type { Exchange } from "../tools/exchange.ts";
import { payloadOf } from "../tools/load.ts";
import { programsFor } from "../tools/programs.ts";
import type { Server } from "../tools/server.ts";
import { ECHO, startMatching } from "../tools/without-processes.ts";

/** What can be profiled: a server of ours and what it is asked. */
export interface Subject {
  readonly exchange: Exchange;
  /** `flags` are for the runtime. */
  start(directory: string, flags?: readonly string[]): Promise<Server>;
}

/** By the names of the cases that they are taken from. */
export const SUBJECTS: Readonly<Record<string, Subject>> = {
  stdout: withProcesses("stdout.yaml", ["hello.c"], HELLO),
  socket: withProcesses("socket.yaml", ["answer.c"], posted()),
  matching: { exchange: ECHO, start: (directory, flags = []) => startMatching(directory, { flags }) },
};

function withProcesses(configuration: string, names: readonly string[], exchange: Exchange): Subject {
  return {
    exchange,
    start: (directory, flags) => {
      const programs = programsFor(directory, names);
      return startUrocket({ directory: join(directory, "urocket"), configuration, programs, probe: exchange, flags });
    },
  };
}

function posted(): Exchange {
  const body = payloadOf(17);
  return { verb: "POST", path: "/c", body, expected: body };
}
