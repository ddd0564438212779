import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that a peer needs, and the Debian package that has it. */
export interface Need {
  readonly program: string;
  readonly package: string;
}

/** Why something can't run here: what is not installed, and what to install. Undefined where all is there. */
export function missing(needs: readonly Need[]): string | undefined {
  const lost = needs.filter(({ program }) => find(program) === undefined);
  if (lost.length === 0) return undefined;
  const packages = [...new Set(lost.map((need) => need.package))].join(" ");
  return `no ${lost.map(({ program }) => program).join(", no ")} on this machine (Debian: apt-get install ${packages})`;
}

/** Where a program is. Servers are often outside of the path of ordinary users. */
export function find(program: string): string | undefined {
  const directories = [...(process.env.PATH ?? "").split(delimiter), "/usr/local/sbin", "/usr/sbin", "/sbin"];
  return directories.map((directory) => join(directory, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: the same to us.
    return false;
  }
}
