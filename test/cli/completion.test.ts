import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { createProgram } from "../../lib/cli/commands.ts";
import { bashCompletion } from "../../lib/cli/completion/bash.ts";
import { fishCompletion } from "../../lib/cli/completion/fish.ts";
import { describeProgram } from "../../lib/cli/completion/words.ts";
import { zshCompletion } from "../../lib/cli/completion/zsh.ts";
import { folderWith, urocket } from "./urocket.ts";

const words = describeProgram(createProgram(() => {}));

/** What bash offers for the last of these words, in a folder with the file `my service.yaml`. */
function offered(folder: string, ...typed: string[]): string[] {
  const script = `${bashCompletion(words)}
compopt() { :; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_urocket
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", "urocket", ...typed], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash completes commands, their options, their choices and files", (t) => {
  const folder = folderWith(t, { "my service.yaml": "" });
  assert.deepEqual(offered(folder, "ch"), ["check"]);
  assert.deepEqual(offered(folder, "--co"), ["--config"]);
  assert.deepEqual(offered(folder, "completion", ""), ["bash", "zsh", "fish", "-h", "--help"]);
  assert.deepEqual(offered(folder, "check", "-c", "my"), ["my service.yaml"]);
  assert.deepEqual(offered(folder, "dry", "-X", ""), []);
  assert.deepEqual(offered(folder, "-c", "run", "sch"), ["schema"]);
  assert.deepEqual(offered(folder, "init", "m"), ["my service.yaml"]);
  assert.deepEqual(offered(folder, "schema", "--j"), ["--json"]);
});

test("zsh reads its completion and registers it", () => {
  const script = 'autoload -Uz compinit && compinit -D -u && eval "$(cat)" && print $_comps[urocket]';
  const { status, stdout, stderr } = spawnSync("zsh", ["-fc", script], {
    input: zshCompletion(words),
    encoding: "utf8",
  });
  assert.deepEqual([status, stdout, stderr], [0, "_urocket\n", ""]);
});

test("fish gets one whole line for each thing to complete", () => {
  const lines = fishCompletion(words).trimEnd().split("\n").slice(1);
  const part = String.raw`'(?:[^'\\]|\\.)*'`;
  const line = new RegExp(`^complete -c urocket (-f$|-n ${part} ?)(-[FxrasldF] ?([\\w-]+|${part})? ?)*$`);
  for (const text of lines) assert.match(text, line);
  const commands = lines.flatMap((text) => / -a ([a-z]+) -d /.exec(text)?.[1] ?? []);
  assert.deepEqual(
    commands,
    words.commands.map(({ name }) => name),
  );
});

test("fish completes commands, their options, their choices and files", (t) => {
  const folder = folderWith(t, { "my service.yaml": "", "urocket.fish": fishCompletion(words) });
  const completed = (typed: string): string[] => {
    // Without a configuration of its own it would look for one at home, and write there.
    const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const options = { cwd: folder, env, encoding: "utf8" } as const;
    const script = "source urocket.fish; complete --do-complete $argv[1]";
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", script, typed], options);
    assert.equal(stderr, "");
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[0] ?? "")
      .sort();
  };
  assert.deepEqual(completed("urocket "), words.commands.map(({ name }) => name).sort());
  assert.deepEqual(completed("urocket --co"), ["--config"]);
  assert.deepEqual(completed("urocket completion "), ["bash", "fish", "zsh"]);
  assert.deepEqual(completed("urocket check -c my"), ["my service.yaml"]);
  assert.deepEqual(completed("urocket schema --j"), ["--json"]);
});

test("every command and option is in each completion", () => {
  for (const write of [bashCompletion, zshCompletion, fishCompletion]) {
    const text = write(words);
    for (const { name, options } of words.commands) {
      assert.ok(text.includes(name));
      for (const flag of options.flatMap(({ flags }) => flags))
        assert.ok(text.includes(flag.replace(/^--?/, "")), flag);
    }
  }
});

test("the command prints it, and refuses other shells with exit code 2", async (t) => {
  const folder = folderWith(t);
  assert.deepEqual(await urocket(folder, ["completion", "bash"]), {
    code: 0,
    stdout: bashCompletion(words),
    stderr: "",
  });
  const refused = await urocket(folder, ["completion", "tcsh"]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /Allowed choices are bash, zsh, fish/);
});
