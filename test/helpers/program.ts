import { spawn } from "node:child_process";
import { builtProgram } from "./built.ts";

/** What a program left behind that ended by itself. */
export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line to its end. */
export function runProgram(...args: string[]): Promise<ProgramResult> {
  const child = spawn(process.execPath, [builtProgram(), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}
