import {
  type AdminHandler,
  AdminServer,
  type ApiSource,
  apiHandlers,
  metricsHandler,
  newToken,
  probes,
  statusHandlers,
  statusPage,
} from "../admin/index.ts";
import { readAdminToken } from "../compose/admin-token.ts";
import type { SecretOptions } from "../compose/secrets.ts";
import type { AdminConfig } from "../config/index.ts";
import type { Gateway } from "../gateway/index.ts";
import { openMetrics, openStatus } from "../observe/index.ts";
import type { Supervisor } from "../process/index.ts";
import { BY_OPERATOR } from "../replies/index.ts";
import { version } from "./version.ts";

/** The admin port at work. */
export interface Admin {
  /** What to open in a browser: with the token, where it is one of our own making. */
  readonly url: string;
  /** Reads the token again, if the configuration names one. */
  reconfigure(config: AdminConfig): void;
  close(): Promise<void>;
}

export interface AdminOptions extends SecretOptions {
  readonly gateway: Pick<Gateway, "draining" | "saturated" | "running" | "queued" | "size" | "figures">;
  readonly supervisor: Pick<Supervisor, "list" | "snapshot" | "find">;
  readonly droppedLines: () => number;
  readonly api: ApiSource;
}

/** Opens the admin port. Throws `config-invalid` for a token that can't be had or used, and `listen-failed`. */
export async function openAdmin(
  config: AdminConfig,
  { gateway, supervisor, droppedLines, api, ...secrets }: AdminOptions,
): Promise<Admin> {
  const { host, names } = config;
  const given = readAdminToken(config, secrets);
  const token = given ?? newToken();
  const metrics = openMetrics({ routes: () => gateway.figures(), callers: () => gateway.size, droppedLines });
  const status = openStatus({ version: version(), gateway, processes: supervisor });
  const kill = (requestId: string): boolean => {
    const found = supervisor.find(requestId);
    found?.kill(BY_OPERATOR);
    return found !== undefined;
  };
  const handlers: AdminHandler[] = [
    ...probes(() => gateway),
    metricsHandler(metrics),
    ...statusPage(),
    ...statusHandlers({ ...status, kill }),
    ...apiHandlers(api),
  ];
  const server = new AdminServer({ host, names, token, handlers });
  const close = async (): Promise<void> => {
    await server.close();
    metrics.close();
    status.close();
  };
  try {
    const port = await server.listen(config.port);
    const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
    const reconfigure = (next: AdminConfig): void => {
      const other = readAdminToken(next, secrets);
      if (other !== undefined) server.useToken(other);
    };
    return { url: given === undefined ? `${url}?token=${token}` : url, reconfigure, close };
  } catch (error) {
    await close();
    throw error;
  }
}
