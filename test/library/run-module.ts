import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ROOT = join(import.meta.dirname, "../..");

/** Runs a module of JavaScript, given as its text or its path, that imports the built package; returns what it printed. */
export async function runModule(module: string, given: "text" | "path" = "text"): Promise<string> {
  const words = given === "path" ? [module] : ["--input-type=module", "--eval", module];
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const [printed, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)),
  ]);
  if (code !== 0 || errors !== "") throw new Error(`expected exit code 0 and no errors, got ${code}: ${errors}`);
  return printed;
}
