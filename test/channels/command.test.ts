import assert from "node:assert/strict";
import { test } from "node:test";
import { cmdline } from "../../lib/channels/cmdline.ts";
import { message } from "./message.ts";
import { options, variables } from "./options.ts";

const P = "{{jsonpayload}}";
const V = "$" + "{UROCKET_JSONPAYLOAD}";
const SCRIPT = `echo ${P}`;

function run(...cmd: string[]): { argv: readonly string[]; payload: string | undefined } {
  const spec = cmdline(options({ cmd }))(message("it's"));
  return { argv: spec.argv, payload: variables(spec.env).UROCKET_JSONPAYLOAD };
}

test("the script of a shell is found behind its options and behind programs that keep the environment", () => {
  const commands = [
    ...["sh", "/bin/sh", "bash", "/usr/local/bin/bash", "dash", "ash", "ksh", "zsh", "mksh", "bash-5.2"].map(
      (shell) => [shell],
    ),
    ...[
      ["busybox", "sh"],
      ["/usr/bin/env", "bash"],
      ["env", "A=b", "B=c d", "sh"],
      ["nice", "-n", "5", "sh"],
    ],
    ...[
      ["timeout", "-s", "KILL", "5", "sh"],
      ["nohup", "setsid", "sh"],
    ],
  ].map((words) => [...words, "-c"]);
  const flags = [
    ["-ec"],
    ["-lc"],
    ["-e", "-c"],
    ["-eu", "-o", "pipefail", "-c"],
    ["-euo", "pipefail", "-c"],
    ["-c", "--"],
  ];
  flags.push(["--norc", "--rcfile", "/dev/null", "-c"], ["-c", "-e"], ["+x", "-c"], ["-O", "extglob", "-c"]);
  for (const words of [...commands, ...flags.map((words) => ["bash", ...words])]) {
    assert.deepEqual(run(...words, SCRIPT), { argv: [...words, `echo "${V}"`], payload: "it's" });
  }
});

test("words behind the script are plain arguments", () => {
  const { argv, payload } = run("sh", "-c", 'echo "$1"', "sh", P);
  assert.deepEqual(argv, ["sh", "-c", 'echo "$1"', "sh", "it's"]);
  assert.equal(payload, undefined);
});

test("a shell that runs a file gets its arguments as they are", () => {
  assert.deepEqual(run("/bin/sh", "-e", "job.sh", `x=${P}`).argv, ["/bin/sh", "-e", "job.sh", "x=it's"]);
  assert.deepEqual(run("bash", "--", "job.sh", "-c").argv, ["bash", "--", "job.sh", "-c", "it's"]);
});

test("what is no shell gets its words as they are", () => {
  for (const words of [
    ["push", "-c"],
    ["echo", "sh"],
    ["grep", "-c"],
    ["git", "-c"],
    ["shell", "-c"],
    ["grep", "ssh"],
    ["env", "-u", "A", "sort", "-S"],
  ]) {
    assert.deepEqual(run(...words, SCRIPT), { argv: [...words, "echo it's"], payload: undefined });
  }
});

test("a script may name the variable by hand, which counts as a placeholder", () => {
  const script = 'cat <<E\n$UROCKET_JSONPAYLOAD\nE\necho "$UROCKET_PATH"';
  const spec = cmdline(options({ cmd: ["docker", "run", "x", "sh", "-c", script] }))(message("{}", { path: "/p" }));
  assert.deepEqual(spec.argv, ["docker", "run", "x", "sh", "-c", script]);
  assert.equal(variables(spec.env).UROCKET_JSONPAYLOAD, "{}");
  assert.equal(variables(spec.env).UROCKET_PATH, "/p");
});

test("variables that the command does not use are not set, and `env` can't change those it does", () => {
  const spec = cmdline(options({ cmd: ["sh", "-c", SCRIPT], env: ["UROCKET_JSONPAYLOAD=x"] }))(message("{}"));
  assert.deepEqual(
    Object.keys(variables(spec.env)).sort(),
    ["PATH", "REQUEST_ID", "UROCKET_JSONPAYLOAD", "UROCKET_SOCKET", "URIPATH"].sort(),
  );
  assert.equal(variables(spec.env).UROCKET_JSONPAYLOAD, "{}");
});

test("a payload can't become the script, the script's file or an option of a shell", () => {
  const commands = [["sh"], ["/bin/sh", "-e"], ["sh", "-c"], ["bash", "-o", "pipefail"], ["sh", P], ["sh", "-c", P]];
  commands.push(["sh", `-${P}`, "x"], ["sh", "-c", `-${P}`, "x"], ["env", "sh", `./${P}`], ["sh", "-e", P, "-c", "x"]);
  for (const cmd of commands) {
    assert.throws(() => cmdline(options({ cmd })), { code: "config-invalid" }, cmd.join(" "));
  }
});

test("a script that may run in another environment, or in a shell of another kind, takes no placeholder", () => {
  const commands: [cmd: string[], reason: RegExp][] = [
    [["docker", "exec", "x", "sh", "-c", SCRIPT], /docker may run sh in another environment; write "\$1"/],
    [["sudo", "bash", "-c", SCRIPT], /sudo may run bash/],
    [["env", "-i", "sh", "-c", SCRIPT], /env may run sh/],
    [["fish", "-c", SCRIPT], /give fish constant code, got \{\{jsonpayload\}\} in it: its quoting is its own/],
    [["su", "me", "-c", SCRIPT], /give su constant code/],
    [["fish", `--command=${SCRIPT}`], /give fish constant code/],
    [["ssh", "host", "echo", P], /code for the shell on the other side/],
    [["ssh", "host", "job"], /code for the shell on the other side/],
    [["sudo", "-u", "me", "ssh", "host", "echo", P], /code for the shell on the other side/],
    [["sshpass", "-f", "secret", "ssh", "host", P], /code for the shell on the other side/],
    [["watch", "-n", "1", "echo", P], /code for a shell/],
    [["env", "-S", "sh -c", P], /-S takes a command apart/],
    [["sudo", "env", "-u", "A", "-vS", "sh -c", P], /-S takes a command apart/],
    [["sh", "-c", `env -S 'sh -c' ${P}`], /in the code of env/],
    [["nice", "parallel", "echo", P, ":::", "a"], /code for a shell/],
    [["sg", "staff", `echo ${P}`], /code for a shell/],
    [["sh", "-c", `watch echo ${P}`], /in the code of watch/],
  ];
  for (const [cmd, message] of commands) {
    assert.throws(() => cmdline(options({ cmd })), { code: "config-invalid", message }, cmd.join(" "));
  }
});

test("a shell without its script is a mistake even if nothing is filled in", () => {
  assert.throws(() => cmdline(options({ cmd: ["env", `A=${P}`, "sh", "-c"] })), {
    code: "config-invalid",
    message: "expected `cmd` to give sh a script, got none",
  });
});
