import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { printed, runCommand } from "../helpers/process-supervisor.ts";

const ENV = ["/usr/bin/env", "-0"];

function variables(text: string): string[] {
  return text.split("\0").slice(0, -1);
}

test("an empty environment is empty: nothing of ours leaks", async (t) => {
  process.env.UROCKET_SECRET = "secret";
  cleanUp(t, () => delete process.env.UROCKET_SECRET);
  for (const env of [[], {}]) assert.equal(printed(await runCommand(t, ENV, { env })), "");
});

test("a list of variables arrives as it is, in its order, with what is given twice", async (t) => {
  const env = ["B=1", "A=two words", "EMPTY=", "B=2", "EQUALS=a=b", "LINES=1\n2", "ü=é €"];
  assert.deepEqual(variables(printed(await runCommand(t, ENV, { env }))), env);
});

test("variables by name arrive too, and undefined ones are left out", async (t) => {
  const env = { HOME: "/nowhere", ABSENT: undefined, EMPTY: "" };
  assert.deepEqual(variables(printed(await runCommand(t, ENV, { env }))), ["HOME=/nowhere", "EMPTY="]);
});

test("our own environment can be handed on as it is", async (t) => {
  const { stdout } = await runCommand(t, ENV, { env: process.env, stdout: { capture: 1_000_000 } });
  assert.deepEqual(Object.fromEntries(variables(stdout.data.toString()).map(split)), { ...process.env });
});

test("arguments arrive as they are, whatever they contain", async (t) => {
  const words = ["", " ", "a b", "$HOME", "`id`", "'\"", "\\", "\n", "*", "é€😀", "-n", "--"];
  const record = await runCommand(t, ["/usr/bin/printf", "%s\\0", ...words]);
  assert.deepEqual(variables(printed(record)), words);
});

function split(variable: string): [string, string] {
  const at = variable.indexOf("=");
  return [variable.slice(0, at), variable.slice(at + 1)];
}
