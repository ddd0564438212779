import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { GENERATOR } from "./tools/load.ts";

/** What the figures of a run depend on. */
export interface Machine {
  readonly cpu: string;
  /** Cores that this program may use. */
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly system: string;
  readonly node: string;
  readonly compiler: string;
  readonly generator: string;
}

/** The facts of this machine, now. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    system: /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "unknown",
    node: process.version,
    compiler: execFileSync("cc", ["--version"], { encoding: "utf8" }).split("\n", 1)[0] ?? "unknown",
    generator: GENERATOR,
  };
}
