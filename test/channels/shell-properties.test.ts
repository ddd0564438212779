import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { randomPayload, randomScript, VALUE } from "./scripts.ts";
import { findShells, runScript } from "./shells.ts";

describe("scripts of any shape print payloads of any kind as they are", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "urocket-scripts-"));
    writeFileSync(join(folder, "canary"), "");
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const shell of findShells()) {
    test(`in ${shell.join(" ")}`, () => {
      fc.assert(
        fc.property(randomScript, randomPayload, ({ code, prints }, payload) => {
          const expected = prints.replaceAll(VALUE, () => payload);
          assert.equal(runScript(shell, `empty=\n${code}: {{method}}`, payload, folder), expected);
        }),
        { numRuns: 150 },
      );
      assert.deepEqual(readdirSync(folder), ["canary"]);
    });
  }
});
