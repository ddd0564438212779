import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { MAN_FILE, manPage } from "../../scripts/docs/man.ts";

test("the manual page is that of the sources: npm run docs", () => {
  assert.equal(readFileSync(MAN_FILE, "utf8"), manPage());
});

test("groff has nothing to say against the manual page, and every section is in it", () => {
  const { status, stdout, stderr } = spawnSync("groff", ["-man", "-ww", "-Tutf8", "-P-cbou", MAN_FILE], {
    encoding: "utf8",
  });
  assert.deepEqual([status, stderr], [0, ""]);
  for (const title of ["NAME", "SYNOPSIS", "COMMANDS", "SIGNALS", "EXIT STATUS", "FILES"]) {
    assert.match(stdout, new RegExp(`^${title}$`, "m"));
  }
  assert.match(stdout, /^ +urocket completion \[options\] bash\|zsh\|fish$/m);
});
