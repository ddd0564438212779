import assert from "node:assert/strict";
import { test } from "node:test";
import { folderWith, urocket } from "./urocket.ts";

for (const [args, complaint] of [
  [["chekc"], /^error: expected one of run, check, .*, got chekc; did you mean check\?$/m],
  [["serve", "-c", "a.yaml"], /^error: expected one of run, check, .*, got serve$/m],
  [["check", "a.yaml"], /^error: too many arguments for 'check'/],
] as const) {
  test(`urocket ${args.join(" ")} is a misuse, and says of what`, async (t) => {
    const { code, stdout, stderr } = await urocket(folderWith(t), args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, complaint);
  });
}
