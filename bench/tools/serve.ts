import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Peer, Sample } from "../case.ts";
import { missing, type Need } from "./installed.ts";
import type { Server } from "./server.ts";

/** Where a server finds what it serves and may put its files. */
export interface Place {
  /** Its own. */
  readonly directory: string;
  /** Holds the programs that answer: `/NAME` is answered by the program NAME. One of them is `hello`. */
  readonly programs: string;
}

/** A server that runs a process for each request. */
export interface ServerKind {
  readonly name: string;
  /** What it does and why it is a fair match: a line of the report. */
  readonly note: string;
  readonly needs: readonly Need[];
  start(place: Place): Promise<Server>;
}

/** Something to measure on a server that runs. */
export interface Measured {
  /** Behind the name of the server. */
  readonly label?: string | undefined;
  readonly note?: string | undefined;
  /** Why it is not measured although the server is there. */
  readonly absent?: string | undefined;
  /** Done once before the first measurement. */
  readonly prepare?: ((server: Server) => Promise<void>) | undefined;
  readonly measure: (server: Server) => Promise<Sample>;
}

/** Why the quick form does not measure everything. */
export const NOT_IN_QUICK = "left out of the quick form";

/** Peers, and how to end what they run on. */
export interface Served {
  readonly peers: readonly Peer[];
  close(): Promise<void>;
}

/** Starts a server of a kind, if it is installed here, and makes a peer of everything that is to be measured on it. */
export async function serve(
  { name, note, needs, start }: ServerKind,
  { scratch, programs }: { readonly scratch: string; readonly programs: string },
  all: readonly Measured[],
): Promise<Served> {
  const lost = missing(needs);
  const directory = join(scratch, name.replace(/\W+/g, "-"));
  const server = lost === undefined ? await started(start, directory, programs) : undefined;
  if (server !== undefined) for (const { prepare } of all) await prepare?.(server);
  const peers = all.map(({ label = "", note: more, absent, measure }): Peer => {
    const full = [note, more].filter(Boolean).join(" ");
    return { name: name + label, note: full, absent: lost ?? absent, measure: () => measure(server as Server) };
  });
  return { peers, close: async () => await server?.close() };
}

/** The peers of several, as one. */
export function together(all: readonly Served[], more: readonly Peer[] = []): Served {
  return {
    peers: [...all.flatMap(({ peers }) => peers), ...more],
    close: async () => void (await Promise.all(all.map(({ close }) => close()))),
  };
}

async function started(start: ServerKind["start"], directory: string, programs: string): Promise<Server> {
  mkdirSync(directory, { recursive: true });
  return await start({ directory, programs });
}
