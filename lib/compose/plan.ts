import { ConfigError, type Mistake, type ServiceConfig } from "../config/index.ts";
import type { Route } from "../gateway/index.ts";
import { checkOutward } from "./outward.ts";
import { buildRoutes } from "./routes.ts";
import { readSurroundings } from "./surroundings.ts";

/**
 * The routes that a service would have, built as its start builds them, and with all that the start would refuse found
 * without starting anything. `file` names the configuration in mistakes. Throws ConfigError with all of them.
 */
export async function planService(
  file: string,
  config: ServiceConfig,
  warn: (message: string) => void,
): Promise<Route[]> {
  const options = { own: process.env, warn };
  const mistakes: Mistake[] = [];
  const note = (error: unknown): undefined => {
    if (!(error instanceof ConfigError)) throw error;
    mistakes.push(...error.mistakes);
  };
  try {
    checkOutward(file, config, options);
  } catch (error) {
    note(error);
  }
  const surroundings = await readSurroundings({ ...config, file }, options).catch(note);
  const bounds = { socketPath: config.socketPath, answerLimit: config.limits.reply };
  try {
    const routes = surroundings && buildRoutes(file, bounds, config.routes, surroundings);
    if (routes !== undefined && mistakes.length === 0) return routes;
  } catch (error) {
    note(error);
  }
  throw new ConfigError(mistakes);
}
