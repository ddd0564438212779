import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { builtProgram } from "../helpers/built.ts";
import { type Fence, fencesOf } from "../helpers/fences.ts";
import { freePort } from "../helpers/free-port.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const END = "-- end of the block --";

test("whoever does what tutorial.md says sees what tutorial.md shows", async (t) => {
  const directory = temporaryDirectory(t);
  const [bin, folder] = [join(directory, "bin"), join(directory, "work")];
  for (const name of [bin, folder]) mkdirSync(name);
  const program = `#!/bin/sh\nexec '${process.execPath}' '${builtProgram()}' "$@"\n`;
  writeFileSync(join(bin, "urocket"), program, { mode: 0o755 });
  const port = String(await freePort());
  const { script, shown } = await follow(fencesOf("docs/tutorial.md"), (words) => words.replaceAll("8080", port));
  // One shell for all of them, for the gateway that one starts is stopped by another.
  const shell = spawn("bash", ["-c", script], {
    cwd: folder,
    env: { PATH: `${bin}:${process.env.PATH}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const printed = (await text(shell.stdout)).split(`${END}\n`).slice(0, -1);
  assert.deepEqual(printed, shown);
});

/** One script that writes the files of the page and runs its commands, and what each block of commands prints. */
async function follow(
  fences: readonly Fence[],
  localise: (words: string) => string,
): Promise<{ readonly script: string; readonly shown: string[] }> {
  const script: string[] = [];
  const shown: string[] = [];
  for (const [index, fence] of fences.entries()) {
    if (isOutput(fence)) continue;
    const body = localise(fence.text);
    if (fence.language === "sh") {
      const next = fences[index + 1];
      script.push(body, `echo '${END}'`);
      shown.push(next !== undefined && isOutput(next) ? localise(next.text) : "");
      continue;
    }
    const [, name] = /`([\w-]+\.(?:csv|sh|yaml))`/.exec(fence.before) ?? [];
    if (name === undefined) throw new Error(`expected the name of a file before the block at ${fence.place}, got none`);
    script.push(`cat > ${name} <<'END OF FILE'\n${body}END OF FILE`);
  }
  // Whatever fails on the way, no gateway stays.
  return { script: ["trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT", ...script].join("\n"), shown };
}

/** What the block before it prints. */
function isOutput({ language, before }: Fence): boolean {
  return language === "text" && before === "```";
}
