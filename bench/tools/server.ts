import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { familyOf } from "./cpu.ts";
import { answers, type Exchange } from "./exchange.ts";
import { end, hasEnded, startKept } from "./kept.ts";
import { until } from "./until.ts";

/** A server under test, in programs of its own. */
export interface Server {
  /** Without a path. */
  readonly url: string;
  /** Its own processes, as they are while it has nothing to do: none that it runs for a request. */
  readonly pids: readonly number[];
  close(): Promise<void>;
}

export interface ServerPlan {
  /** For its files; made where it is missing. */
  readonly directory: string;
  readonly port: number;
  /** Programs that are the server together, each with its arguments. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** Makes sure that it serves. */
  readonly probe: Exchange;
}

/** Starts a server and waits until it serves. Throws with what it printed where it doesn't. */
export async function startServer({ directory, port, commands, probe }: ServerPlan): Promise<Server> {
  mkdirSync(directory, { recursive: true });
  const log = join(directory, "output");
  const output = openSync(log, "w");
  const children = commands.map(([program, ...args]) =>
    startKept(program, args, { cwd: directory, stdio: ["ignore", output, output] }),
  );
  closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  const close = async (): Promise<void> => void (await Promise.all(children.map(end)));
  try {
    await until(`${probe.verb} ${url}${probe.path} to be answered`, () => {
      if (children.some(hasEnded)) throw new Error(`expected ${commands[0]?.[0]} to run on, got its end`);
      return answers(url, probe);
    });
    return { url, pids: await idleFamily(children.map(({ pid }) => pid as number)), close };
  } catch (cause) {
    await close();
    throw new Error(`${(cause as Error).message}; it printed\n${readFileSync(log, "utf8")}`, { cause });
  }
}

/** All processes of a server, once two looks find the same ones: the process that served the probe is gone then. */
async function idleFamily(roots: readonly number[]): Promise<number[]> {
  let last: number[] = [];
  return await until("a server at rest", async () => {
    const before = last.join();
    await sleep(50);
    last = roots.flatMap(familyOf);
    return last.join() === before && last;
  });
}
