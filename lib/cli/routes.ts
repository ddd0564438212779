import { cmdline } from "../channels/cmdline.ts";
import { ConfigError, type Mistake, type RouteConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import type { Route } from "../gateway/index.ts";
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
  const { path, verb, replyTimeout, onExit, onAbort, logStdout, inject } = config;
  const { cmd, env, wd, timeout, grace } = inject;
  const channel = cmdline({
    cmd,
    env,
    baseEnv,
    socketPath,
    process: {
      cwd: wd,
      timeout,
      grace,
      // Who hands its work on and ends leaves those it handed it to: they may answer as long as somebody waits.
      linger: onExit === "wait" ? replyTimeout : 0,
      // Nobody reads the output of a route that does not log it; its standard error tells why it failed.
      stdout: logStdout ? undefined : "null",
    },
  });
  // `onexit: report` and `logstdout: on-request` are refused by the configuration in this version.
  const ending = { replyTimeout, onExit: onExit as Route["onExit"], onAbort };
  const check = config.auth && authorize(config.auth);
  return { path, verb, channel, authorize: check, ...ending, logStdout: logStdout === true };
}
