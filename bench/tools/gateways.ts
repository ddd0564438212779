import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A gateway under test in a program of its own. */
export interface Gateway {
  /** Where requests go. */
  readonly url: string;
  close(): Promise<void>;
}

const ROOT = join(import.meta.dirname, "../..");
const ROUTE = "/answer";
const PATIENCE = 10_000;

/** Starts the built urocket on a free port, `program` being the command of its only route. */
export async function startUrocket(directory: string, program: string): Promise<Gateway> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "service.yaml");
  const port = await freePort();
  writeFileSync(file, configuration(port, join(directory, "reply.sock"), program));
  const args = [join(ROOT, "dist/cli/main.js"), "run", "-c", file];
  return await ready(args, port, join(directory, "log"));
}

/** Starts bench/peers/node-gateway.mjs in front of `program`. */
export async function startNodeGateway(socketPath: string, program: string): Promise<Gateway> {
  const port = await freePort();
  const args = [join(ROOT, "bench/peers/node-gateway.mjs"), String(port), socketPath, program];
  return await ready(args, port, `${socketPath}.log`);
}

function configuration(port: number, socketPath: string, program: string): string {
  return `servicename: bench
port: ${port}
socketpath: ${socketPath}
log: warn
paths:
  ${ROUTE}:
    post:
      inject:
        cmd: [${JSON.stringify(program)}]
        timeout: 1000
`;
}

async function ready(args: readonly string[], port: number, log: string): Promise<Gateway> {
  const output = openSync(log, "w");
  const child = spawn(process.execPath, args, { stdio: ["ignore", output, output] });
  // A bench that is interrupted takes its gateways with it.
  process.once("exit", () => child.kill("SIGTERM"));
  const url = `http://127.0.0.1:${port}${ROUTE}`;
  const end = performance.now() + PATIENCE;
  while (!(await answers(url))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (!ended && performance.now() < end) {
      await sleep(20);
      continue;
    }
    await stop(child);
    throw new Error(`expected ${args[0]} to answer on ${url}, got\n${readFileSync(log, "utf8")}`);
  }
  return { url, close: () => stop(child) };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { method: "POST", body: '{"ready":true}' });
    return response.status === 200 && (await response.text()) === '{"ready":true}';
  } catch {
    // Nobody listens there yet.
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("expected a port, got none");
  return address.port;
}
