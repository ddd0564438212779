import { dirname, resolve } from "node:path";
import { buildAdmin } from "./admin.ts";
import { toDuration, toMode, toPort, toSize, toWhole } from "./amounts.ts";
import { capacityOf } from "./capacity.ts";
import { SERVICE_DEFAULTS } from "./defaults.ts";
import { readMachine } from "./machine.ts";
import type { MistakeList } from "./mistakes.ts";
import { buildRoutes } from "./routes.ts";
import { toIdentity } from "./texts.ts";
import { type DataMap, isDataMap, type Tree } from "./tree.ts";
import type { Limits, LogConfig, OutwardSetting, ServiceConfig, TlsConfig } from "./types.ts";

/**
 * The service that a file describes, complete; notes what the schema can't see. The casts rest on the schema: where it
 * found a mistake, what is built here is thrown away.
 */
export function buildService({ root, places }: Tree, file: string, mistakes: MistakeList): ServiceConfig {
  const top: DataMap = isDataMap(root) ? root : {};
  const folder = dirname(resolve(file));
  const socketPath = resolve(folder, String(top.socketpath ?? SERVICE_DEFAULTS.socketpath));
  if (Buffer.byteLength(socketPath) > LONGEST_SOCKET_PATH) {
    const offset = isDataMap(root) ? places.get(root, "socketpath")?.value : undefined;
    mistakes.add(offset ?? 0, `expected \`socketpath\` to be at most ${LONGEST_SOCKET_PATH} bytes, got ${socketPath}`);
  }
  return {
    file: resolve(file),
    serviceName: (top.servicename ?? SERVICE_DEFAULTS.servicename) as string,
    host: (top.host ?? SERVICE_DEFAULTS.host) as string,
    port: toPort(top.port ?? SERVICE_DEFAULTS.port) as number,
    tls: buildTls(top.tls, folder),
    socketPath,
    socketMode: toMode(top.socketmode ?? SERVICE_DEFAULTS.socketmode) as number,
    socketGroup: toIdentity(top.socketgroup),
    openapi: top.openapi === undefined ? undefined : resolve(folder, String(top.openapi)),
    cgroupParent: top.cgroupparent === undefined ? undefined : resolve(folder, String(top.cgroupparent)),
    grace: toDuration(top.grace ?? SERVICE_DEFAULTS.grace) as number,
    limits: buildLimits(top.limits),
    log: buildLog(top.log),
    admin: buildAdmin(top, { folder, places, mistakes }),
    passEnv: (top.passenv ?? SERVICE_DEFAULTS.passenv) as readonly string[],
    envFiles: [top.envfile ?? SERVICE_DEFAULTS.envfile].flat().map((path) => resolve(folder, String(path))),
    routes: buildRoutes(top, { folder, places, mistakes }),
    positions: Object.fromEntries(
      OUTWARD.flatMap((key) => {
        const place = places.get(top, key);
        return place === undefined ? [] : [[key, mistakes.position(place.key)]];
      }),
    ),
  };
}

const OUTWARD: readonly OutwardSetting[] = ["tls", "cgroupparent", "admin"];

/** What the kernel takes in `sun_path`, less the NUL that ends it; see unix(7). */
const LONGEST_SOCKET_PATH = 107;

function buildTls(given: unknown, folder: string): TlsConfig | undefined {
  if (!isDataMap(given)) return undefined;
  return { cert: resolve(folder, String(given.cert)), key: resolve(folder, String(given.key)) };
}

function buildLimits(given: unknown): Limits {
  const limits: DataMap = { ...SERVICE_DEFAULTS.limits, ...(given as object) };
  const capacity = capacityOf(readMachine(), toWhole(limits.processes, 1));
  return {
    processes: capacity.processes,
    queue: toWhole(limits.queue, 0) ?? capacity.queue,
    queueTimeout: toDuration(limits.queuetimeout) as number,
    body: toSize(limits.body) as number,
    headers: toSize(limits.headers) as number,
    reply: toSize(limits.reply) as number,
  };
}

function buildLog(given: unknown): LogConfig {
  const log = typeof given === "string" ? { level: given } : (given as object);
  return { ...SERVICE_DEFAULTS.log, ...log } as LogConfig;
}
