import { readFileSync } from "node:fs";
import { ConfigError } from "./error.ts";
import { parseConfig } from "./parse.ts";
import type { ServiceConfig } from "./types.ts";

/**
 * Reads and checks a configuration file. Throws {@link ConfigError} with every mistake in it; a file that can't be read
 * is a mistake too, at 1:1.
 *
 * @example
 * const config = loadConfig("urocket-service.yaml");
 */
export function loadConfig(file: string): ServiceConfig {
  return parseConfig(readText(file), file);
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw unreadable(file, "a file that can be read", (cause as Error).message, cause);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(file, "UTF-8 text", "other bytes", cause);
  }
}

function unreadable(file: string, expected: string, got: string, cause: unknown): ConfigError {
  const mistake = { file, position: { line: 1, column: 1 }, message: `expected ${expected}, got ${got}` };
  return new ConfigError([mistake], { cause });
}
