import { ConfigError } from "../config/index.ts";
import type { UrocketError } from "../core/errors.ts";
import { FAILURE, MISUSE } from "./exit-codes.ts";
import { printJson } from "./print.ts";

/** Tells why a command can't do what it was asked for, to people or to programs; resolves with the exit code. */
export async function tellFailure(error: UrocketError, json: boolean): Promise<number> {
  if (json) await printJson({ ok: false, ...facts(error) });
  else process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `urocket: ${error.message}\n`);
  return error.code === "config-invalid" ? MISUSE : FAILURE;
}

function facts(error: UrocketError): object {
  if (!(error instanceof ConfigError)) return { error: { code: error.code, message: error.message } };
  return { mistakes: error.mistakes.map(({ file, position, message }) => ({ file, ...position, message })) };
}
