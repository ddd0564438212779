import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { baseEnvironment } from "../../lib/compose/environment.ts";
import { ConfigError } from "../../lib/config/index.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const NOTHING = { passEnv: [], envFiles: [], withheld: new Set<string>(), own: {}, warn: assert.fail };

function variables(options: Partial<Parameters<typeof baseEnvironment>[0]>): Record<string, string> {
  const entries = baseEnvironment({ ...NOTHING, ...options });
  return Object.fromEntries(entries.map((entry) => entry.split(/=(.*)/s)));
}

const OWN = { HOME: "/root", LC_ALL: "C", LC_TIME: "a=b", LCD: "1", EMPTY: "", GONE: undefined, "LC_f%%": "() {}" };

test("without being named nothing of our own environment is passed", () => {
  assert.deepEqual(variables({ own: OWN }), {});
});

test("variables are passed by name and by prefix; those that are not set are not", () => {
  assert.deepEqual(variables({ own: OWN, passEnv: ["EMPTY", "GONE", "LACKING", "LC_*"] }), {
    EMPTY: "",
    LC_ALL: "C",
    LC_TIME: "a=b",
  });
});

test("a variable that holds a secret of ours is not passed, whatever pattern it matches", () => {
  const own = { API_TOKEN: "s3cret", API_URL: "x" };
  assert.deepEqual(variables({ own, passEnv: ["API_*", "API_TOKEN"], withheld: new Set(["API_TOKEN"]) }), {
    API_URL: "x",
  });
});

test("files come above our own environment, and later files above earlier ones", (t) => {
  const directory = temporaryDirectory(t);
  const files = ["A=1\nB=1\nC=1", "A=2\nD=2"].map((text, index) => {
    const file = join(directory, `${index}.env`);
    writeFileSync(file, text, { mode: 0o640 });
    return file;
  });
  const own = { A: "0", B: "0", E: "0" };
  assert.deepEqual(variables({ own, passEnv: ["A", "B", "E"], envFiles: files }), {
    A: "2",
    B: "1",
    E: "0",
    C: "1",
    D: "2",
  });
});

test("every mistake of every file is told with its place", (t) => {
  const directory = temporaryDirectory(t);
  const [bad, binary, absent] = ["bad.env", "binary.env", "absent.env"].map((name) => join(directory, name));
  writeFileSync(String(bad), "A=1\nnonsense", { mode: 0o600 });
  writeFileSync(String(binary), Buffer.from([0x41, 0x3d, 0xff]), { mode: 0o600 });
  assert.throws(
    () => variables({ envFiles: [bad, binary, absent].map(String) }),
    (error: ConfigError) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(error.message.split("\n"), [
        `${bad}:2:1: expected NAME=value, with a name of letters, digits and underscores, got something else`,
        `${binary}:1:1: expected the environment file to be readable UTF-8 text, got other bytes`,
        `${absent}:1:1: expected the environment file to be readable UTF-8 text, got ENOENT`,
      ]);
      return true;
    },
  );
});

test("a file that others can read is used, with a warning", (t) => {
  const file = join(temporaryDirectory(t), "a.env");
  writeFileSync(file, "A=1");
  chmodSync(file, 0o644);
  const warnings: string[] = [];
  assert.deepEqual(variables({ envFiles: [file], warn: (text) => warnings.push(text) }), { A: "1" });
  assert.deepEqual(warnings, [
    `expected the environment file to be readable by its owner and group only, got mode 0644: ${file}`,
  ]);
});
