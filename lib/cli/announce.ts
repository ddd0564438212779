import type { RouteConfig, ServiceConfig } from "../config/index.ts";
import type { Log } from "../observe/index.ts";
import type { Service } from "./service.ts";

/** Tells where the gateway listens, and how to try it. */
export function announce(
  config: ServiceConfig,
  { url, adminUrl }: Pick<Service, "url" | "adminUrl">,
  { logger }: Pick<Log, "logger">,
): void {
  const { serviceName, socketPath, routes } = config;
  const fields = { service: serviceName, url, socket: socketPath, routes: routes.length };
  logger.info(fields, `${serviceName} listens on ${url}, answers are taken on ${socketPath}`);
  if (adminUrl !== undefined) logger.info({ admin: adminUrl }, `operators look at ${adminUrl}`);
  const route = routes.find(({ verb }) => verb === "post") ?? routes[0];
  if (route !== undefined) logger.info(`try: ${curlLine(url, route)}`);
}

function curlLine(url: string, { path, verb }: RouteConfig): string {
  const target = encodeURI(path);
  const place = url.startsWith("unix:")
    ? `--unix-socket '${url.slice("unix:".length)}' 'http://localhost${target}'`
    : `'${url}${target}'`;
  const request = `curl -X ${verb.toUpperCase()} ${place}`;
  return verb === "post" ? `${request} -H 'content-type: application/json' -d '{"payload":"low"}'` : request;
}
