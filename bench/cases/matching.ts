import { join } from "node:path";
import type { Case, Peer } from "../case.ts";
import { compile } from "../tools/compile.ts";
import { LOAD_METRICS, loaded } from "../tools/loaded.ts";
import type { Server } from "../tools/server.ts";
import { ECHO, startHyperExpress, startMatching } from "../tools/without-processes.ts";

/**
 * What is left of the gateway when no process is started.
 *
 * The starter is the seam: it is given each specification and plays the process. In `direct` the answer is handed to the
 * gateway in the next turn of the event loop, so ours has one exchange over HTTP, as the bare hyper-express that echoes
 * the body has one. In `posted` one program with kept connections posts the answers of all over HTTP to the unix socket,
 * so ours has two exchanges, and so has the bare pair: two hyper-express servers, the same program, a Map. In both ours
 * does everything else that it does for a message: router, admission, specification, exit record.
 */
export const matching: Case = {
  name: "matching",
  about:
    "The gateway without processes, against bare hyper-express: POST of 17 bytes that come back, 32 connections. `direct`: " +
    "the played process answers in the next turn of the event loop; hyper-express echoes. `posted`: one program posts all " +
    "answers to the unix socket on kept connections; hyper-express is there twice, with a Map between. Ours does all else " +
    "that it does for a message, too: route, slot, specification of the process, exit record.",
  metrics: LOAD_METRICS,
  targets: [
    {
      metric: "perSecond",
      peer: "urocket, direct",
      over: "hyper-express, direct",
      bound: "at least",
      value: 0.85,
      unit: "×",
    },
    {
      metric: "perSecond",
      peer: "urocket, posted",
      over: "hyper-express, posted",
      bound: "at least",
      value: 0.85,
      unit: "×",
    },
  ],
  prepare: async ({ scratch, window: milliseconds }) => {
    const poster = compile("programs/poster.c", scratch);
    const at = (name: string): string => join(scratch, name);
    const servers = {
      oursDirect: await startMatching(at("ours-direct"), {}),
      bareDirect: await startHyperExpress(at("bare-direct")),
      oursPosted: await startMatching(at("ours-posted"), { poster }),
      barePosted: await startHyperExpress(at("bare-posted"), poster),
    };
    const peer = (name: string, server: Server, note: string): Peer => {
      return { name, note, measure: () => loaded(server, ECHO, { milliseconds }) };
    };
    return {
      peers: [
        peer(
          "urocket, direct",
          servers.oursDirect,
          "Front, gateway, pending table (bench/peers/urocket/matching.mjs).",
        ),
        peer("hyper-express, direct", servers.bareDirect, "`request.text()`, `response.send()`."),
        peer("urocket, posted", servers.oursPosted, "The same, and the back."),
        peer("hyper-express, posted", servers.barePosted, "Id from `randomUUID()`, matched by a Map."),
      ],
      close: async () => void (await Promise.all(Object.values(servers).map(({ close }) => close()))),
    };
  },
};
