import type { Case, Sample } from "../case.ts";
import { lighttpd } from "../peers/lighttpd/lighttpd.ts";
import { urocket } from "../peers/urocket/urocket.ts";
import { ask, type Exchange } from "../tools/exchange.ts";
import { payloadOf } from "../tools/load.ts";
import { LOAD_METRICS, loaded } from "../tools/loaded.ts";
import { programsFor } from "../tools/programs.ts";
import { type Measured, NOT_IN_QUICK, serve, together } from "../tools/serve.ts";
import type { Server } from "../tools/server.ts";

const SIZES: readonly (readonly [string, number])[] = [
  ["100 B", 100],
  ["10 KiB", 10 * 2 ** 10],
  ["1 MiB", 2 ** 20],
];
const CHANNELS = ["cmdline", "env", "stdin", "file", "cgi"];
/** What Linux lets one argument or variable have. */
const ARGUMENT_CAP = 128 * 2 ** 10;

/** What a payload costs on each of its ways into a process. */
export const payload: Case = {
  name: "payload",
  about:
    "POST of 100 B, 10 KiB and 1 MiB of JSON text on 32 connections, through each channel, to a C program that reads all " +
    "of it and prints its length, which is checked once before each measurement. lighttpd hands it over as CGI has it.",
  metrics: LOAD_METRICS,
  mostRounds: 5,
  targets: [],
  prepare: async ({ scratch, window: milliseconds, quick }) => {
    const where = { scratch, programs: programsFor(scratch, ["hello.c", "length.c"]) };
    const through = (path: string, label = ""): Measured[] =>
      SIZES.map(([size, bytes]) => ({
        label: `${label}, ${size}`,
        absent: overCap(path, bytes) ?? (quick && size === "10 KiB" ? NOT_IN_QUICK : undefined),
        measure: (server) => measure(server, path, bytes, milliseconds),
      }));
    const channels = CHANNELS.flatMap((channel) => through(`/${channel}`, ` ${channel}`));
    const ours = await serve(
      urocket("payload.yaml", "`reply: stdout`, or `cgi` with the channel of that name."),
      where,
      channels,
    );
    const theirs = await serve(lighttpd, where, through("/length"));
    return together([ours, theirs]);
  },
};

async function measure(server: Server, path: string, bytes: number, milliseconds: number): Promise<Sample> {
  const exchange: Exchange = { verb: "POST", path, body: payloadOf(bytes), expected: `length ${bytes}\n` };
  const wrong = await ask(server.url, exchange);
  if (wrong !== undefined) throw new Error(`expected ${path} to be told of ${bytes} bytes, got ${wrong}`);
  return await loaded(server, exchange, { milliseconds });
}

/** An argument or a variable ends where Linux says so. */
function overCap(path: string, bytes: number): string | undefined {
  if (bytes < ARGUMENT_CAP || !["/cmdline", "/env"].includes(path)) return undefined;
  return "Linux lets an argument or a variable have 128 KiB; more is answered 413";
}
