import assert from "node:assert/strict";
import { test } from "node:test";
import { ERRORS, type ErrorCode, UrocketError } from "../../lib/core/errors.ts";

test("every error of the catalogue has a code to match on, a status, a title and a remedy", () => {
  for (const [code, { status, title, remedy }] of Object.entries(ERRORS)) {
    assert.match(code, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(status === 0 || (status >= 400 && status <= 599), `${code}: ${status}`);
    assert.match(title, /^[A-Z].*[^.]$/, code);
    assert.match(remedy, /^[A-Z`].*\.$/, code);
  }
});

test("no two errors have the same title", () => {
  const titles = Object.values(ERRORS).map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
});

test("an error carries its code, its detail and what caused it", () => {
  const cause = new Error("EACCES");
  const code: ErrorCode = "listen-failed";
  const error = new UrocketError(code, "expected port 80 to be free", { cause });
  assert.ok(error instanceof Error);
  assert.deepEqual([error.name, error.code, error.message], ["UrocketError", code, "expected port 80 to be free"]);
  assert.equal(error.cause, cause);
});
