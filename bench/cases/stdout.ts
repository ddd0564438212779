import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Case, Peer } from "../case.ts";
import { apache } from "../peers/apache/apache.ts";
import { HELLO } from "../peers/hello.ts";
import { lighttpd } from "../peers/lighttpd/lighttpd.ts";
import { nginx } from "../peers/nginx/nginx.ts";
import { node } from "../peers/node/node.ts";
import { urocket } from "../peers/urocket/urocket.ts";
import { webhook } from "../peers/webhook/webhook.ts";
import { compile } from "../tools/compile.ts";
import { LOAD_METRICS, loaded } from "../tools/loaded.ts";
import { programsFor } from "../tools/programs.ts";
import { runProgram } from "../tools/run-peer.ts";
import { serve, together } from "../tools/serve.ts";

/** HTTP in, a process, its output is the answer: what every peer can do. */
export const stdout: Case = {
  name: "stdout",
  about:
    "HTTP → process → stdout: GET without a body, 32 connections that are kept. The process is the same for all: a C " +
    "program that prints a CGI answer. GET, so that nobody has a body to hand over. Own CPU is that of the server's " +
    "processes, user and system, without the programs that they run.",
  metrics: LOAD_METRICS,
  targets: [
    { metric: "perSecond", peer: "urocket", over: "lighttpd mod_cgi", bound: "at least", value: 1.15, unit: "×" },
    { metric: "perSecond", peer: "urocket", over: "webhook", bound: "at least", value: 1.3, unit: "×" },
    { metric: "perSecond", peer: "urocket", over: "nginx + fcgiwrap", bound: "at least", value: 1.3, unit: "×" },
    { metric: "perSecond", peer: "urocket", over: "node:http + child_process", bound: "at least", value: 3, unit: "×" },
    { metric: "perSecond", peer: "urocket", over: "C loop", bound: "at least", value: 0.85, unit: "×" },
    { metric: "p99", peer: "urocket", over: "lighttpd mod_cgi", bound: "at most", value: 1, unit: "×" },
    { metric: "cpu", peer: "urocket", bound: "at most", value: 100, unit: "µs" },
  ],
  prepare: async ({ scratch, window: milliseconds }) => {
    const where = { scratch, programs: programsFor(scratch, ["hello.c"]) };
    const hello = { measure: (server: Parameters<typeof loaded>[0]) => loaded(server, HELLO, { milliseconds }) };
    const ours = await serve(urocket("stdout.yaml", "The built program, one line per route."), where, [
      { ...hello, note: "`reply: stdout`." },
      {
        label: ", cgi",
        note: "`channel: cgi`, `reply: cgi`: all meta-variables, the answer parsed.",
        measure: (server) => loaded(server, { ...HELLO, path: "/cgi" }, { milliseconds }),
      },
    ]);
    const others = [];
    for (const kind of [lighttpd, nginx, apache, webhook, node]) others.push(await serve(kind, where, [hello]));
    return together([ours, ...others], [spawnLimit(scratch, where.programs, milliseconds)]);
  },
};

/** The same program without any server. */
function spawnLimit(scratch: string, programs: string, milliseconds: number): Peer {
  const limit = compile("peers/c-loop/limit.c", scratch, ["-pthread"]);
  const threads = String(availableParallelism());
  return {
    name: "C loop",
    note: `The bare limit: \`vfork\` + \`execve\` + \`wait4\` of the same program on ${threads} threads, without HTTP.`,
    measure: () => runProgram(limit, [String(milliseconds), threads, join(programs, "hello")]),
  };
}
