import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Expiring, Expiry } from "../../lib/gateway/expiry.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { until } from "../helpers/until.ts";

class Item implements Expiring {
  expiresAt = 0;
  heapIndex = -1;
  readonly name: number;
  readonly #out: number[];

  constructor(name: number, out: number[]) {
    this.name = name;
    this.#out = out;
  }

  onExpired(): void {
    assert.ok(performance.now() >= this.expiresAt, "expired early");
    this.#out.push(this.name);
  }
}

test("items expire in the order of their deadlines, never early", async () => {
  const expiry = new Expiry();
  const out: number[] = [];
  const now = performance.now();
  for (const delay of [30, 5, 20, 5, 0, 25]) expiry.add(new Item(delay, out), now + delay);
  await until("all expired", () => out.length === 6);
  assert.deepEqual(out, [0, 5, 5, 20, 25, 30]);
  assert.equal(expiry.size, 0);
});

test("what is taken out does not expire, and the rest does", async () => {
  const expiry = new Expiry();
  const out: number[] = [];
  const now = performance.now();
  const items = Array.from({ length: 40 }, (_, name) => new Item(name, out));
  for (const item of items) expiry.add(item, now + (item.name % 7));
  for (const item of items) if (item.name % 2 === 0) expiry.remove(item);
  await until("the odd ones expired", () => out.length === 20);
  assert.deepEqual(
    out.toSorted((a, b) => a - b),
    items.map(({ name }) => name).filter((name) => name % 2 === 1),
  );
  assert.equal(expiry.size, 0);
});

test("an item can be taken out twice, or without ever having been in", () => {
  const expiry = new Expiry();
  const item = new Item(1, []);
  expiry.remove(item);
  expiry.add(item, performance.now() + 60_000);
  expiry.remove(item);
  expiry.remove(item);
  assert.equal(expiry.size, 0);
  expiry.close();
});

test("an earlier deadline that comes later is kept", async () => {
  const expiry = new Expiry();
  const out: number[] = [];
  expiry.add(new Item(1, out), performance.now() + 60_000);
  expiry.add(new Item(2, out), performance.now() + 10);
  await until("the earlier one expired", () => out.length === 1);
  assert.deepEqual(out, [2]);
  expiry.close();
});

test("an item may enter another while it expires", async () => {
  const expiry = new Expiry();
  const out: number[] = [];
  const second = new Item(2, out);
  const first = new Item(1, out);
  first.onExpired = () => {
    out.push(1);
    expiry.add(second, performance.now());
  };
  expiry.add(first, performance.now());
  await until("both expired", () => out.length === 2);
  assert.deepEqual(out, [1, 2]);
});

test("a deadline beyond what a timer can hold neither expires at once nor sets the timer spinning", async (t) => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(warning.name);
  process.on("warning", note);
  cleanUp(t, () => process.off("warning", note));
  const expiry = new Expiry();
  const out: number[] = [];
  expiry.add(new Item(1, out), performance.now() + 2 ** 40);
  expiry.add(new Item(2, out), performance.now() + 5);
  await until("the near one expired", () => out.length === 1);
  assert.deepEqual(out, [2]);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(warnings, []);
  expiry.close();
});

test("after close nothing expires, and close can be called twice", async () => {
  const expiry = new Expiry();
  const out: number[] = [];
  expiry.add(new Item(1, out), performance.now() + 1);
  expiry.close();
  expiry.close();
  const other = new Expiry();
  const later: number[] = [];
  other.add(new Item(2, later), performance.now() + 10);
  await until("another one expired meanwhile", () => later.length === 1);
  assert.deepEqual(out, []);
});

test("any sequence of entries and removals leaves the earliest first", () => {
  const step = fc.oneof(fc.nat(1000), fc.constant("remove" as const));
  const property = fc.property(fc.array(step, { maxLength: 200 }), fc.nat(), (steps, seed) => {
    const expiry = new Expiry();
    const inside: Item[] = [];
    const base = performance.now() + 60_000;
    for (const [index, step] of steps.entries()) {
      if (step === "remove") {
        const [item] = inside.splice((seed + index) % Math.max(inside.length, 1), 1);
        if (item !== undefined) expiry.remove(item);
      } else {
        const item = new Item(index, []);
        expiry.add(item, base + step);
        inside.push(item);
      }
      assert.equal(expiry.size, inside.length);
      const first = inside.find((item) => item.heapIndex === 0);
      assert.equal(first?.expiresAt, inside.length === 0 ? undefined : Math.min(...inside.map((i) => i.expiresAt)));
    }
    expiry.close();
  });
  fc.assert(property);
});

test("a program stays for a deadline that is to come, and not for one that was taken out", () => {
  const expiry = new Expiry();
  const stays = () => process.getActiveResourcesInfo().includes("Timeout");
  assert.equal(stays(), false);
  const [first, second] = [new Item(1, []), new Item(2, [])];
  for (const item of [first, second]) {
    expiry.add(item, performance.now() + 60_000);
    assert.ok(stays());
    expiry.remove(item);
    assert.equal(stays(), false);
  }
  expiry.close();
});
