import { writeFileSync } from "node:fs";
import { USUAL_FILE } from "./config-file.ts";
import { FAILURE, OK } from "./exit-codes.ts";
import { print, printJson } from "./print.ts";
import { shellWord } from "./shell-word.ts";
import { STARTER, STARTER_REQUEST } from "./starter.ts";

/** Writes a configuration to start from. What is there already stays: then, and where nothing can be written, 1. */
export async function init(file: string, { json = false }: { readonly json?: boolean }): Promise<number> {
  try {
    writeFileSync(file, STARTER, { flag: "wx" });
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const got = code === "EEXIST" ? "one that is there already" : message;
    const detail = `expected a new file, got ${got}: ${file}`;
    if (json) await printJson({ ok: false, error: { code, message: detail } });
    else process.stderr.write(`urocket: ${detail}\n`);
    return FAILURE;
  }
  if (json) await printJson({ ok: true, file });
  else await print(`${file} is written. Now:\n\n${nextSteps(file)}`);
  return OK;
}

function nextSteps(file: string): string {
  const config = file === USUAL_FILE ? "" : ` -c ${shellWord(file)}`;
  return [`  urocket check${config}`, `  urocket${config}`, `  ${STARTER_REQUEST}`, ""].join("\n");
}
