import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { run } from "../run.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What publint and arethetypeswrong have to say against a package is a failure. */
export async function lintPackage(tarball) {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) },
    strict: true,
  });
  if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, pkg)).join("\n"));
  // Every node that is supported can require modules, and subpaths are resolved by exports alone.
  const rules = ["--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm"];
  run(join(root, "node_modules/.bin/attw"), [tarball, ...rules, "--no-emoji", "--format", "ascii"], { cwd: root });
}
