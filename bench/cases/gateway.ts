import { join } from "node:path";
import type { Case, Peer } from "../case.ts";
import { compile } from "../tools/compile.ts";
import { type Gateway, startNodeGateway, startUrocket } from "../tools/gateways.ts";
import { load } from "../tools/load.ts";

/** The whole path: HTTP in, a process, its post to the unix socket, HTTP out. */
export const gateway: Case = {
  name: "gateway",
  about:
    "Requests per second of the whole path: POST of a small JSON body → a process with the body as its argument → it " +
    "posts the answer to the unix socket → the caller gets it. 32 connections; the process is a small C client.",
  metrics: [
    { key: "perSecond", title: "requests/s", digits: 0 },
    { key: "p50", title: "median, ms", digits: 1 },
    { key: "p99", title: "p99, ms", digits: 1 },
  ],
  targets: [
    { metric: "perSecond", peer: "urocket", over: "node:http + child_process", bound: "at least", value: 2, unit: "×" },
  ],
  prepare: async ({ scratch, window }) => {
    const answer = compile("answer.c", scratch);
    const peer = (name: string, note: string, { url }: Gateway): Peer => {
      return { name, note, measure: () => load(url, window) };
    };
    const ours = await startUrocket(join(scratch, "ours"), answer);
    const node = await startNodeGateway(join(scratch, "node.sock"), answer);
    return {
      peers: [
        peer("urocket", "The built program with a configuration of one route; no line per request in the log.", ours),
        peer(
          "node:http + child_process",
          "bench/peers/node-gateway.mjs: the same job in some 20 lines, same environment, stdout ignored, stderr read, " +
            "same timeout; it logs nothing either.",
          node,
        ),
      ],
      close: async () => {
        await Promise.all([ours.close(), node.close()]);
      },
    };
  },
};
