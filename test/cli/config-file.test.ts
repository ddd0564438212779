import assert from "node:assert/strict";
import { test } from "node:test";
import { folderWith, urocket } from "./urocket.ts";

for (const args of [[], ["run"], ["check"], ["dry", "/a"]]) {
  test(`urocket ${args.join(" ")} without a configuration says what to do`, async (t) => {
    const { code, stdout, stderr } = await urocket(folderWith(t), args);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.equal(
      stderr,
      "error: expected a configuration, got none: there is no urocket-service.yaml here; name a file with -c FILE, " +
        "or write one with `urocket init`\n",
    );
  });
}

test("the usual file is taken where none is named, and another where one is", async (t) => {
  const folder = folderWith(t, {
    "urocket-service.yaml": "port: -1\npaths: {/a: {post: {cmd: x}}}",
    "other.yaml": "port: -2\npaths: {/a: {post: {cmd: x}}}",
  });
  const usual = await urocket(folder, []);
  assert.equal(usual.code, 2);
  assert.match(usual.stderr, /^urocket-service\.yaml:1:7: .*got -1\n$/);
  const named = await urocket(folder, ["-c", "other.yaml"]);
  assert.match(named.stderr, /^other\.yaml:1:7: .*got -2\n$/);
});

test("help tells every command and the exit codes", async (t) => {
  const { code, stdout } = await urocket(folderWith(t), ["--help"]);
  assert.equal(code, 0);
  for (const name of ["run", "check", "dry", "init", "schema"]) assert.match(stdout, new RegExp(`^ {2}${name} `, "m"));
  assert.match(stdout, /^ {2}2 {2}the command line or the configuration has mistakes$/m);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
});
