import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import type { ServiceConfig } from "../../config/index.ts";
import { groupId } from "../../process/confinement.ts";
import { identityFault } from "./identity.ts";

/** What is wrong with the places and groups that a configuration names at its top; the OpenAPI document tells of itself. */
export function fileWarnings({ socketPath, socketGroup }: ServiceConfig): string[] {
  const group = socketGroup === undefined ? [] : identityFault(() => groupId(socketGroup, "socketgroup"));
  return [...socketWarnings(socketPath), ...group];
}

function socketWarnings(path: string): string[] {
  const folder = dirname(path);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    return [`expected \`socketpath\` to be in a folder that can be written to, got ${codeOf(error)}: ${folder}`];
  }
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.isSocket()) return [];
  return [`expected \`socketpath\` to be free, got a file that is no socket: ${path}`];
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
