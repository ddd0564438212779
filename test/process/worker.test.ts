import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { cleanUp } from "../helpers/clean-up.ts";
import { startHost } from "../helpers/process-host.ts";
import { holdings, nothingLeft } from "../helpers/process-left.ts";
import { gone } from "../helpers/process-proc.ts";
import { command, supervise } from "../helpers/process-supervisor.ts";

const FIXTURE = join(import.meta.dirname, "../fixtures/process/worker.mjs");

function startWorker(t: TestContext, mode: "once" | "endless"): Worker {
  const worker = new Worker(FIXTURE, { workerData: { mode } });
  cleanUp(t, () => worker.terminate());
  return worker;
}

async function firstMessage<Message>(worker: Worker): Promise<Message> {
  return (await once(worker, "message"))[0];
}

test("a supervisor works in a worker thread, beside one in the main thread", async (t) => {
  const before = holdings();
  const worker = startWorker(t, "once");
  const main = supervise(t).spawn(command(["/bin/true"])).exited;
  assert.deepEqual(await firstMessage(worker), { code: 5, text: "worker\n" });
  await once(worker, "exit");
  assert.equal((await main).code, 0);
  await nothingLeft({ ...before, threads: Number.POSITIVE_INFINITY, descriptors: holdings().descriptors });
});

test("a worker may be terminated at any moment: no crash, and nothing of it is left", async (t) => {
  // The first worker opens what node itself keeps for workers.
  await startWorker(t, "once").terminate();
  const before = holdings();
  for (let round = 0; round < 2; round++) {
    const all = Array.from({ length: 3 }, () => startWorker(t, "endless"));
    const messages = await Promise.all(all.map((worker) => firstMessage<{ pids: number[] }>(worker)));
    await Promise.all(
      all.map(async (worker) => {
        await delay(Math.random() * 60);
        await worker.terminate();
      }),
    );
    await Promise.all(messages.flatMap(({ pids }) => pids.map(gone)));
  }
  await nothingLeft(before);
});

test("the program may exit while workers run processes: its exit code stands, and no process is left", async (t) => {
  const host = startHost(t, "workers.ts");
  const { pids } = await host.next<{ pids: number[] }>();
  assert.equal(pids.length, 10);
  const { code, signal, stderr } = await host.exited;
  assert.deepEqual([code, signal, stderr], [9, null, ""]);
  await Promise.all(pids.map(gone));
});
