import { join } from "node:path";
import type { Case, Peer } from "../case.ts";
import { HELLO } from "../peers/hello.ts";
import { lighttpd } from "../peers/lighttpd/lighttpd.ts";
import { startNodeSocket } from "../peers/node/node.ts";
import { startUrocket } from "../peers/urocket/urocket.ts";
import type { Exchange } from "../tools/exchange.ts";
import { missing, type Need } from "../tools/installed.ts";
import { payloadOf } from "../tools/load.ts";
import { LOAD_METRICS, loaded } from "../tools/loaded.ts";
import { programsFor } from "../tools/programs.ts";
import { serve, together } from "../tools/serve.ts";
import type { Server } from "../tools/server.ts";

/** The seed's path: HTTP in, a process, its post to the unix socket, HTTP out. */
export const socket: Case = {
  name: "socket",
  about:
    "HTTP → process → unix socket → answer: POST of a small JSON body on 32 connections; the process has the body as its " +
    "argument and posts it back. lighttpd is measured as in `stdout`: the program says hello and posts nothing.",
  metrics: LOAD_METRICS,
  targets: [
    { metric: "perSecond", peer: "urocket, C", over: "lighttpd mod_cgi", bound: "at least", value: 1, unit: "×" },
    { metric: "perSecond", peer: "urocket, C", over: "node:http, C", bound: "at least", value: 2, unit: "×" },
  ],
  prepare: async ({ scratch, window: milliseconds }) => {
    const programs = programsFor(scratch, ["hello.c", "answer.c", "answer.sh", "answer.py"]);
    const ours = await startUrocket({
      directory: join(scratch, "urocket"),
      configuration: "socket.yaml",
      programs,
      probe: echo("/c"),
    });
    const node = await startNodeSocket(scratch, join(programs, "answer"), echo("/c"));
    const peer = (name: string, server: Server, path: string, note: string, needs: readonly Need[] = []): Peer => {
      return { name, note, absent: missing(needs), measure: () => loaded(server, echo(path), { milliseconds }) };
    };
    const others = await serve(lighttpd, { scratch, programs }, [
      { measure: (server) => loaded(server, HELLO, { milliseconds }) },
    ]);
    const own = [
      peer("urocket, C", ours, "/c", "A C client: one write, one read."),
      peer("urocket, shell", ours, "/shell", "`/bin/sh` that becomes curl.", [{ program: "curl", package: "curl" }]),
      peer("urocket, Python", ours, "/python", "Python's own `socket`, isolated mode, no `site`.", [
        { program: "python3", package: "python3" },
      ]),
      peer(
        "node:http, C",
        node,
        "/c",
        "bench/peers/node/socket.mjs: the same job in some 20 lines with the same C client; stdout ignored.",
      ),
    ];
    const close = async (): Promise<void> => void (await Promise.all([ours.close(), node.close()]));
    return together([{ peers: own, close }, others]);
  },
};

function echo(path: string): Exchange {
  const body = payloadOf(17);
  return { verb: "POST", path, body, expected: body };
}
