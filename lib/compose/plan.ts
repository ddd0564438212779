import type { ServiceConfig } from "../config/index.ts";
import type { Route } from "../gateway/index.ts";
import { checkTls } from "../stages/tls.ts";
import { buildRoutes } from "./routes.ts";
import { readSurroundings } from "./surroundings.ts";

/**
 * The routes that a service would have, built as its start builds them, and with all that the start would refuse found
 * without starting anything. `file` names the configuration in mistakes. Throws ConfigError and other UrocketErrors.
 */
export async function planService(
  file: string,
  config: ServiceConfig,
  warn: (message: string) => void,
): Promise<Route[]> {
  if (config.tls !== undefined) checkTls(config.tls, warn);
  const surroundings = await readSurroundings({ ...config, file }, { own: process.env, warn });
  return buildRoutes(
    file,
    { socketPath: config.socketPath, answerLimit: config.limits.reply },
    config.routes,
    surroundings,
  );
}
