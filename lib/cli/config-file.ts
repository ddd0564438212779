import { existsSync } from "node:fs";

/** The name of a configuration file that is found without being named. */
export const USUAL_FILE = "urocket-service.yaml";

/** The configuration file of a command: the one it was given, or the usual one in the current folder; undefined without. */
export function configFile(given: string | undefined): string | undefined {
  return given ?? (existsSync(USUAL_FILE) ? USUAL_FILE : undefined);
}

/** What to tell somebody who has neither. */
export const NO_FILE = `expected a configuration, got none: there is no ${USUAL_FILE} here; name a file with -c FILE, or write one with \`urocket init\``;
