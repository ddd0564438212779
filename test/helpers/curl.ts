import { type ChildProcess, spawn } from "node:child_process";
import { parseResponse, type Response } from "./wire.ts";

/** What curl got: the response, and curl's own exit code. */
export interface CurlResult extends Response {
  readonly exitCode: number | null;
  readonly text: string;
}

/** A curl that runs. */
export interface Curl {
  readonly child: ChildProcess;
  readonly done: Promise<CurlResult>;
}

/** Runs the real curl and returns what it got. */
export function curl(...args: string[]): Promise<CurlResult> {
  return startCurl(...args).done;
}

/** Starts curl without waiting for it. */
export function startCurl(...args: string[]): Curl {
  const child = spawn("curl", ["-sS", "-i", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const done = new Promise<CurlResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      const bytes = Buffer.concat(out);
      if (bytes.length === 0 && exitCode === 0) reject(new Error(`curl got nothing: ${Buffer.concat(errors)}`));
      const response = parseResponse(bytes);
      resolve({ ...response, exitCode, text: response.body.toString() });
    });
  });
  return { child, done };
}

/** Posts an answer on a gateway's socket, as a process would. */
export function answer(socket: string, target: string, ...args: string[]): Promise<CurlResult> {
  return curl("-X", "POST", "--unix-socket", socket, `http://internal${target}`, ...args);
}
