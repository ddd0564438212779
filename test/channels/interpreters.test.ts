import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChannelName } from "../../lib/channels/channel.ts";
import { createChannel } from "../../lib/channels/create.ts";
import { options } from "./options.ts";

const P = "{{jsonpayload}}";
const F = "{{payloadfile}}";

function create(name: ChannelName, cmd: readonly string[]): void {
  createChannel(name, options({ cmd }));
}

test("a value can't become the code of an interpreter, nor name its script", () => {
  const commands = [
    ["python3", P],
    ["python3.12", "-c", `print(${P})`],
    ["python3", "-Bc", P],
    ["python3", "-W", "ignore", "-m", P],
    ["/usr/bin/perl", "-ne", P, "x"],
    ["perl", "-I", "lib", F],
    ["ruby", "-rjson", "-e", P],
    ["node", "--require", "./hook.js", P],
    ["nodejs", "--eval", `f(${P})`],
    ["php", "-d", "a=b", "-r", `echo '${P}';`],
    ["php8.2", F],
    ["lua5.4", "-e", P],
    ["awk", "-v", "a=b", `{ print "${P}" }`],
    ["gawk", "-f", F, "x"],
    ["sed", "-n", `s/x/${P}/p`],
    ["sed", "-i", "-e", P, "x"],
    ["env", "A=b", "python3", P],
    ["nice", "-n", "5", "node", "--", F],
    ["docker", "run", "image", "python3", "-c", P],
    ["sh", "-c", `python3 -c ${P}`],
    ["sh", "-c", `cat x | sed "s/a/${P}/"`],
  ];
  for (const cmd of commands) {
    assert.throws(() => create("cmdline", cmd), { code: "config-invalid" }, cmd.join(" "));
  }
});

test("the file of a payload is not run by an interpreter that got no script", () => {
  for (const cmd of [["sh"], ["bash", "-e"], ["python3"], ["perl", "-w"], ["node"], ["env", "php"]]) {
    assert.throws(() => create("file", cmd), { code: "config-invalid" }, cmd.join(" "));
  }
});

test("values are arguments behind a script or behind constant code", () => {
  const commands = [
    ["python3", "-u", "job.py", P],
    ["python3", "-m", "json.tool", F],
    ["python3", "-X", "dev", "-c", "import sys", P],
    ["perl", "-pe", "s/a/b/", F],
    ["perl", "job.pl", "-e", P],
    ["ruby", "-e", "puts ARGV", P],
    ["node", "--import", "./hook.js", "job.mjs", "--eval", P],
    ["php", "-d", "a=b", "job.php", P],
    ["awk", "-v", `a=${P}`, "{ print a }", F],
    ["sed", "-n", "1p", F],
    ["echo", "node", P],
    ["pythonic", P],
    ["sh", "-c", `python3 -m json.tool ${F} && awk '{ print $1 }' ${F}`],
  ];
  for (const cmd of commands) create("cmdline", cmd);
});

test("a shell or an interpreter that would run its standard input is refused where the payload is there", () => {
  const commands = [
    ["sh"],
    ["/bin/bash", "-e"],
    ["bash", "-s", "arg"],
    ["sh", "-"],
    ["dash", "/dev/stdin"],
    ["busybox", "sh"],
    ["env", "A=b", "nice", "bash", "--norc"],
    ["fish"],
    ["python3"],
    ["python3", "-u", "-"],
    ["perl", "-w"],
    ["ruby", "/dev/fd/0"],
    ["node", "--no-warnings"],
    ["php"],
    ["php", "-f", "/dev/stdin"],
    ["at", "now"],
    ["nice", "batch"],
  ];
  for (const cmd of commands) {
    for (const name of ["stdin", "cgi"] as const) {
      const message = /^expected `cmd` to give \w+ a script, got none: it would run the payload$/;
      assert.throws(() => create(name, cmd), { code: "config-invalid", message }, cmd.join(" "));
    }
  }
});

test("what reads its standard input as data gets it", () => {
  const commands = [
    ["cat"],
    ["sh", "-c", "cat"],
    ["sh", "job.sh"],
    ["bash", "-eu", "-o", "pipefail", "-c", "wc -c"],
    ["sh", "-c", "cat", "-s"],
    ["fish", "-c", "cat"],
    ["python3", "-c", "import sys; sys.stdin.read()"],
    ["python3", "-m", "json.tool"],
    ["php", "job.php"],
    ["php-cgi"],
    ["at", "-f", "job.sh", "now"],
    ["node", "job.mjs", "-"],
    ["awk", "{ print }"],
    ["sed", "-n", "1p"],
    ["echo", "sh"],
  ];
  for (const cmd of commands) for (const name of ["stdin", "cgi"] as const) create(name, cmd);
});
