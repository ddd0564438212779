import { resolve } from "node:path";
import { ConfigError, type Mistake, parseConfig, type ServiceConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import type { LibraryOptions } from "./options.ts";
import { type Written, writeOptions } from "./write-options.ts";

/** Checked and complete options, and how to speak of them. */
export interface Configuration {
  readonly config: ServiceConfig;
  /** A mistake that is found later in the words of the options; any other error as it is. */
  explain(error: unknown): unknown;
  /** The same for a warning. */
  retell(warning: string): string;
}

/**
 * Checks options and fills in every default, by the rules of configuration files: they are written as such a file, and read
 * as one is. Throws `config-invalid` with every mistake, each followed by the route it is in.
 */
export function configurationOf(options: LibraryOptions): Configuration {
  const written = writeOptions(options);
  // Stands for the file: relative paths start from the folder it would be in.
  const file = resolve("options");
  const explain = (error: unknown): unknown => (error instanceof ConfigError ? retold(error, file, written) : error);
  const retell = (warning: string): string => {
    const [, line, message] = warning.startsWith(`${file}:`) ? (PLACE.exec(warning.slice(file.length)) ?? []) : [];
    return message === undefined ? warning : within(written, Number(line), message);
  };
  try {
    return { config: parseConfig(written.text, file), explain, retell };
  } catch (error) {
    throw explain(error);
  }
}

const PLACE = /^:(\d+):\d+: (.*)$/s;

function retold(cause: ConfigError, file: string, written: Written): UrocketError {
  const tell = ({ file: where, position: { line, column }, message }: Mistake): string =>
    where === file ? within(written, line, message) : `${where}:${line}:${column}: ${message}`;
  return new UrocketError("config-invalid", cause.mistakes.map(tell).join("\n"), { cause });
}

/** A message followed by what it is about; where it points at another line, that is named likewise. */
function within({ owners }: Written, line: number, message: string): string {
  const text = message.replace(/\(first in line (\d+)/, (_, first) => `(first in ${owners.get(Number(first))}`);
  const owner = owners.get(line);
  return owner === undefined ? text : `${text} (${owner})`;
}
