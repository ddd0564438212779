import { createChannel } from "../channels/index.ts";
import { ConfigError, type Mistake, type RouteConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import type { Route } from "../gateway/index.ts";
import { processOptions } from "./process-options.ts";
import type { Surroundings } from "./surroundings.ts";

/** Builds the gateway's routes. Throws ConfigError with every route whose command or secret can't be used. */
export function buildRoutes(
  file: string,
  socketPath: string,
  configs: readonly RouteConfig[],
  surroundings: Surroundings,
): Route[] {
  const routes: Route[] = [];
  const mistakes: Mistake[] = [];
  for (const config of configs) {
    try {
      routes.push(buildRoute(socketPath, config, surroundings));
    } catch (error) {
      if (!(error instanceof UrocketError) || error.code !== "config-invalid") throw error;
      mistakes.push({ file, position: config.position, message: error.message });
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return routes;
}

function buildRoute(socketPath: string, config: RouteConfig, { baseEnv, authorize }: Surroundings): Route {
  const { path, verb, replyTimeout, onExit, onAbort, logStdout, concurrency, inject } = config;
  const { cmd, env, channel: name, encoding } = inject;
  const channel = createChannel(name, {
    cmd,
    env,
    baseEnv,
    socketPath,
    encoding,
    urlParamMode: config.urlParamMode,
    // Who proves itself to us does not do so to the program, which has no business with the secret.
    cgi: { path, passAuthorization: config.auth === undefined },
    process: processOptions(config),
  });
  // `onexit: report` and `logstdout: on-request` are refused by the configuration in this version.
  const ending = { replyTimeout, onExit: onExit as Route["onExit"], onAbort, concurrency };
  const check = config.auth && authorize(config.auth);
  return { path, verb, channel, authorize: check, ...ending, logStdout: logStdout === true };
}
