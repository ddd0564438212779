import type { TestContext } from "node:test";
import { words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";

const sh = (script: string): string => words("/bin/sh", "-c", script);

const FAILURE = 'echo "connecting to smtp.internal:25" >&2; echo "mail: 451 mailbox busy, giving up" >&2; exit 75';

/** A service as there are many: quick ones, slow ones, one that fails now and then. */
export const SERVICE = `
  /reports/{id}:
    get: {cmd: ${sh("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done; echo report")}, reply: stdout}
  /thumbnails:
    post: {cmd: ${sh("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo done")}, reply: stdout}
  /mail:
    post: {cmd: ${sh(`sleep 0.0$(($$ % 9)); [ $(($$ % 8)) -gt 0 ] || { ${FAILURE}; }; echo sent`)}, reply: stdout}
  /exports:
    post: {cmd: ${sh("sleep $(($$ % 7 + 3)).$(($$ % 10)); echo exported")}, reply: stdout, concurrency: 5}`;

/**
 * Starts a gateway with an admin port, and tells the origin of that and its token. Whoever asks it for something leaves by
 * `cleanUp`: callers that are still there would be taken for a leak of the gateway.
 */
export async function startAdmin(t: TestContext, paths: string, top = "") {
  const settings = { top: `admin: {port: 0}\ndefaults: {timeout: 1m}\n${top}`, log: "info" };
  const gateway = await startGateway(t, paths, settings);
  const { admin } = await gateway.log.find({ admin: /^http/ });
  const { origin, searchParams, href } = new URL(String(admin));
  return { gateway, origin, token: searchParams.get("token") ?? "", href };
}

/** Callers who ask again and again until `stop` is called, which waits for their last replies. */
export function startLoad(calls: readonly (() => Promise<unknown>)[]) {
  let going = true;
  const caller = async (call: () => Promise<unknown>): Promise<void> => {
    while (going) await call();
  };
  const all = Promise.all(calls.map(caller));
  return {
    stop: async () => {
      going = false;
      await all;
    },
  };
}

/** Asks once and takes the whole reply; resolves with the status. */
export async function call(url: string, method: string, signal?: AbortSignal): Promise<number> {
  const response = await fetch(url, { method, ...(signal && { signal }) });
  await response.arrayBuffer();
  return response.status;
}
