import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type RunningGateway, startGateway } from "../helpers/gateway.ts";
import { askOn, vanishOn } from "./callers.ts";
import { Counts } from "./counts.ts";
import { intrudeOn } from "./intruders.ts";
import { killOn } from "./killer.ts";
import { Random } from "./random.ts";
import type { World } from "./world.ts";

export interface ChaosOptions {
  readonly seconds: number;
  /** Callers at once. */
  readonly callers: number;
  readonly seed: number;
}

/**
 * Runs a gateway under everything that goes wrong, reloads it, and stops it in the middle. What was wrong is in
 * `counts.wrong`; `t.after` is told to fail when something is left behind.
 */
export async function chaos(t: Pick<TestContext, "after">, { seconds, callers, seed }: ChaosOptions): Promise<Counts> {
  const gateway = await startGateway(t as TestContext, PATHS, { top: TOP });
  const { hostname: host, port } = new URL(gateway.url);
  const world: Writable<World> = {
    front: { host, port: Number(port) },
    back: { path: gateway.socket },
    random: new Random(seed),
    counts: new Counts(),
    over: false,
    stopping: false,
  };
  const working = [
    ...Array.from({ length: callers }, () => askOn(world)),
    ...Array.from({ length: Math.ceil(callers / 4) }, () => vanishOn(world)),
    ...Array.from({ length: 4 }, () => intrudeOn(world)),
    killOn(world, gateway.pid),
    reloadOn(world, gateway),
  ];
  const all = Promise.all(working);
  await Promise.race([delay(seconds * 1000), all]);
  // In the middle: everybody goes on while the gateway stops.
  world.stopping = true;
  gateway.signal("SIGTERM");
  const { code, signal } = await gateway.exited;
  world.over = true;
  await all;
  if (code !== 0) world.counts.fault(`expected exit code 0, got ${code ?? signal}: ${gateway.stderr()}`);
  checkLog(world, gateway);
  return world.counts;
}

type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

const PROGRAM = join(import.meta.dirname, "misbehave.pl");
const MISBEHAVE = JSON.stringify({
  cmd: ["/usr/bin/perl", PROGRAM, "{{query.mode}}", "{{query.nonce}}"],
  timeout: "2s",
  grace: 100,
  replytimeout: "2500ms",
});
const TRUE = JSON.stringify({ cmd: "/bin/true", reply: "stdout" });
const PATHS = `  /m: {post: ${MISBEHAVE}}\n  /quick: {post: ${TRUE}, get: ${TRUE}}\n  /smuggled: {post: ${TRUE}}\n`;
const TOP = "limits: {processes: 16, queue: 32, queuetimeout: 3s, body: 64KiB, reply: 64KiB}\ngrace: 500";

/** Reloads, every other time with a file that can't be used: the old configuration stays then. */
async function reloadOn(world: World, gateway: RunningGateway): Promise<void> {
  const file = join(gateway.directory, "service.yaml");
  const good = readFileSync(file, "utf8");
  for (let turn = 0; !world.over && !world.stopping; turn++) {
    writeFileSync(file, turn % 2 === 0 ? good : `${good}\nnonsense: true\n`);
    gateway.signal("SIGHUP");
    world.counts.add("reloaded");
    await delay(300 + world.random.below(500));
  }
}

/** The gateway's own word: every message that was stored ended once, and nothing that was smuggled ran. */
function checkLog({ counts }: World, { log }: RunningGateway): void {
  const stored = new Map<string, number>();
  for (const { request_id, msg } of log.lines) {
    if (String(msg).startsWith("I stored the reqid")) stored.set(String(request_id), 0);
  }
  for (const { request_id, status, how, route, msg, ...rest } of log.lines) {
    const ends = stored.get(String(request_id));
    // The line of a request; others may name the status, too.
    const isEnd = status !== undefined && how !== undefined;
    if (isEnd && ends !== undefined) stored.set(String(request_id), ends + 1);
    if (status !== undefined && route === "/smuggled") counts.add("smuggled");
    if (String(msg).includes("a fault in urocket itself")) counts.fault(`${msg}: ${JSON.stringify(rest)}`);
  }
  if (counts.get("smuggled") > 0) counts.fault(`${counts.get("smuggled")} smuggled requests ran`);
  for (const [id, ends] of stored) {
    counts.add("messages");
    if (ends !== 1) counts.fault(`expected one end for ${id}, got ${ends}`);
  }
}
