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
  for (const [index, { language, text: body, before }] of fences.entries()) {
    const next = fences[index + 1];
    const [, name] = /`([\w-]+\.(?:csv|sh|yaml))`/.exec(before) ?? [];
    if (language === "sh") {
      script.push(localise(body), `echo '${END}'`);
      shown.push(next?.language === "text" && next.before === "```" ? localise(next.text) : "");
    } else if (name !== undefined) {
      script.push(`cat > ${name} <<'END OF FILE'\n${localise(body)}END OF FILE`);
    }
  }
  // Whatever fails on the way, no gateway stays.
  return { script: ["trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT", ...script].join("\n"), shown };
}
