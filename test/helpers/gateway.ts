import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { builtProgram } from "./built.ts";
import { cleanUp } from "./clean-up.ts";
import { checkIdle, checkNothingLeft, openDescriptors } from "./leaks.ts";
import { LogLines } from "./log-lines.ts";
import { until } from "./until.ts";

/** How a gateway ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A gateway that runs as a process of its own. */
export interface RunningGateway {
  readonly pid: number;
  readonly url: string;
  readonly socket: string;
  /** A directory of the test's own, removed after it. */
  readonly directory: string;
  readonly log: LogLines;
  /** What it wrote on standard error so far. */
  stderr(): string;
  signal(signal: NodeJS.Signals): void;
  readonly exited: Promise<Exit>;
}

export interface GatewaySettings {
  /** Lines of the configuration beside `paths`, at the top level. */
  readonly top?: string;
  /** Level of the log; debug by default. */
  readonly log?: string;
  /** Words of the command line before `-c FILE`; `run` by default. */
  readonly command?: readonly string[];
  /** Variables of its environment, beside our own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files beside the configuration, for their owner only: name → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** A socket path other than the one in the test's directory. */
  readonly socket?: string;
}

/**
 * Starts a gateway on a free port with these `paths` (YAML), waits until it listens, and ends it after the test, which
 * fails when something is left: a child, a zombie, a descriptor, the socket file.
 */
export async function startGateway(
  t: TestContext,
  paths: string,
  settings: GatewaySettings = {},
): Promise<RunningGateway> {
  const directory = mkdtempSync(join(tmpdir(), "urocket-"));
  const file = join(directory, "service.yaml");
  for (const [name, content] of Object.entries(settings.files ?? {})) {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
  }
  const { top = "", log: level = "debug", command = ["run"], socket = join(directory, "u.sock") } = settings;
  const head = `servicename: test\nport: 0\nsocketpath: ${socket}\nlog: {level: ${level}, format: json}`;
  writeFileSync(file, `${head}\n${top}\npaths:\n${paths}`);
  const child = spawn(process.execPath, [builtProgram(), ...command, "-c", file], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...settings.env },
  });
  const log = new LogLines(child.stdout);
  const stderr = collect(child);
  const exited = new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  let left = false;
  exited.then(() => {
    left = true;
  });
  cleanUp(t, async () => {
    try {
      if (!left) {
        await checkIdle(pid, descriptors);
        child.kill("SIGTERM");
        const { code } = await exited;
        if (code !== 0) throw new Error(`expected the gateway to exit with 0, got ${code}: ${stderr()}`);
      }
      await checkNothingLeft(socket);
    } finally {
      child.kill("SIGKILL");
      rmSync(directory, { recursive: true, force: true });
    }
  });
  const listening = await until("the gateway to listen", () => {
    if (left) throw new Error(`expected the gateway to start, got its end: ${stderr()}`);
    return log.lines.find(({ url }) => url !== undefined);
  });
  const pid = child.pid as number;
  const descriptors = openDescriptors(pid);
  if (!statSync(socket).isSocket()) throw new Error("expected a socket file");
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  return { pid, url: String(listening.url), socket, directory, log, stderr, signal, exited };
}

/** Gathers standard error; the function tells it so far. */
function collect(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}
