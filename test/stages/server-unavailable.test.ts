import assert from "node:assert/strict";
import { test } from "node:test";

// The server library looks for the file of this machine when it is loaded, once: so this test has a program of its own.
Object.defineProperty(process, "arch", { value: "pdp11" });

test("on a machine that the server library has no file for, a front says what it takes, and importing it fails not", async () => {
  const { HttpStage } = await import("../../lib/stages/index.ts");
  const gateway = { handle: () => {}, abandon: () => {} };
  assert.throws(() => new HttpStage({ gateway, bodyLimit: 1 }), {
    name: "UrocketError",
    code: "server-unavailable",
    message: /^expected Node .*, got Node .* on linux pdp11$/,
  });
});
