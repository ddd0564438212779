import type { TestContext } from "node:test";

type Leave = () => unknown;

/**
 * Has `leave` done when the test is over, whatever became of it. The last begun is left first, for it may need the
 * others; and each is left, even when another can't be: what the runner's own hooks do, in order and up to the first
 * that throws, would leave a program behind that holds the runner up.
 */
export function cleanUp(t: TestContext, leave: Leave): void {
  const known = leaving.get(t);
  if (known !== undefined) return void known.push(leave);
  const all = [leave];
  leaving.set(t, all);
  t.after(async () => {
    const faults: unknown[] = [];
    for (let next = all.pop(); next !== undefined; next = all.pop()) {
      try {
        await next();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length === 1) throw faults[0];
    if (faults.length > 1) throw new AggregateError(faults, faults.map(String).join("\n"));
  });
}

const leaving = new WeakMap<TestContext, Leave[]>();
