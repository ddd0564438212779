import assert from "node:assert/strict";
import { test } from "node:test";

// Read by the loader of addons when it is loaded itself, which a program does once: so this test has a file of its own.
process.env.PREBUILDS_ONLY = "1";
process.env.npm_config_arch = "pdp11";

test("on a platform without an addon the supervisor says so, and importing the library does not fail", async () => {
  const { Supervisor, probe } = await import("../../lib/process/index.ts");
  const unavailable = { name: "UrocketError", code: "addon-unavailable", message: /^expected a native addon/ };
  assert.throws(() => new Supervisor(), unavailable);
  assert.throws(() => probe(), unavailable);
});
