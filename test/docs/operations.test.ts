import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEnvFile } from "../../lib/compose/env-file.ts";
import { blocksOf } from "../helpers/fences.ts";

test("the environment file of operations.md means what its comments say", () => {
  const [text = ""] = blocksOf("docs/operations.md", "sh", 1);
  const { variables, mistakes } = parseEnvFile(text, "a.env");
  assert.deepEqual(mistakes, []);
  assert.deepEqual(Object.fromEntries(variables), {
    DB_HOST: "db.internal",
    GREETING: "hello world",
    PATTERN: "in single quotes $nothing \\is special",
    BANNER: 'in double quotes "\\" escapes, and \n is a new line',
  });
});
