import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Message } from "../../lib/core/message.ts";
import { message } from "./message.ts";
import { randomPayload, randomScript, VALUE } from "./scripts.ts";
import { findShells, runScript } from "./shells.ts";

const NAMES = ["jsonpayload", "param.petId", "query.a-b[c].d", "header.X-Trace_Id"];

// A message that has the value under every one of the names.
function carrier(value: string): Message {
  const query = new URLSearchParams({ "a-b[c].d": value }).toString();
  return message(value, { params: { petId: value }, query, headers: { "x-trace_id": value } });
}

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
        fc.property(randomScript, randomPayload, fc.constantFrom(...NAMES), ({ code, prints }, value, name) => {
          const expected = prints.replaceAll(VALUE, () => value);
          const script = `empty=\n${code}: {{method}}`.replaceAll("{{jsonpayload}}", `{{${name}}}`);
          assert.equal(runScript(shell, script, carrier(value), folder), expected);
        }),
        { numRuns: 200 },
      );
      assert.deepEqual(readdirSync(folder), ["canary"]);
    });
  }
});
