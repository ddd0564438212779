// What the spawn peers share: keeps 16 starts under way and prints how many ended per second.
// Arguments: milliseconds to measure; then `watch` to watch the event loop meanwhile.
import { monitorEventLoopDelay } from "node:perf_hooks";

const IN_FLIGHT = 16;
const EXPECTED = "hello\n";

/** `start(done)` starts one `/bin/echo hello` and calls done(output) once it has ended and all its output is in. */
export async function flatOut(start) {
  const [milliseconds, watch] = process.argv.slice(2);
  const length = Number(milliseconds);
  await spawnFor(start, Math.max(300, length / 4));
  const monitor = watch === "watch" ? monitorEventLoopDelay({ resolution: 1 }) : undefined;
  monitor?.enable();
  const perSecond = await spawnFor(start, length);
  monitor?.disable();
  const delay = monitor && { delayP99: monitor.percentile(99) / 1e6, delayMax: monitor.max / 1e6 };
  console.log(JSON.stringify({ perSecond, ...delay }));
}

/** Resolves, once all have ended, with how many ended per second before the time was over. */
function spawnFor(start, milliseconds) {
  const begin = performance.now();
  let ended = 0;
  let running = 0;
  return new Promise((resolve, reject) => {
    const next = () => {
      running++;
      start(done);
    };
    let counted = 0;
    const done = (output) => {
      if (output !== EXPECTED) reject(new Error(`expected the output ${EXPECTED}, got ${output}`));
      running--;
      ended++;
      const elapsed = performance.now() - begin;
      if (elapsed < milliseconds) {
        next();
        return;
      }
      if (counted === 0) counted = (ended * 1000) / elapsed;
      if (running === 0) resolve(counted);
    };
    for (let i = 0; i < IN_FLIGHT; i++) next();
  });
}
