import assert from "node:assert/strict";
import type { ChannelOptions } from "../../lib/channels/channel.ts";
import type { SpawnSpec } from "../../lib/process/types.ts";

/** The options of a channel, complete but for what a test is about. */
export function options(facts: Partial<ChannelOptions> = {}): ChannelOptions {
  return {
    cmd: ["/bin/echo"],
    env: [],
    socketPath: "/run/urocket.sock",
    process: { cwd: "/srv/scripts", timeout: 1000, grace: 500 },
    ...facts,
  };
}

/** The variables of an exact environment, after a check that none comes twice. */
export function variables(env: SpawnSpec["env"]): Record<string, string> {
  assert.ok(Array.isArray(env));
  const entries: string[][] = env.map((entry) => [
    entry.slice(0, entry.indexOf("=")),
    entry.slice(entry.indexOf("=") + 1),
  ]);
  const found: Record<string, string> = Object.fromEntries(entries);
  assert.equal(Object.keys(found).length, env.length, `expected each name once, got ${env.join(" ")}`);
  return found;
}
