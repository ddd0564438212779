import { createChannel } from "../channels/index.ts";
import { ConfigError, type Mistake, type RouteConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import type { Route } from "../gateway/index.ts";
import { OpenApiError } from "../openapi/index.ts";
import { cgiReply, type ReplyRule, reportReply, socketReply, stdoutReply } from "../replies/index.ts";
import { asMistake } from "./api.ts";
import { processOptions } from "./process-options.ts";
import type { Surroundings } from "./surroundings.ts";
import { validators } from "./validation.ts";

/** What all routes share. */
export interface RouteBounds {
  readonly socketPath: string;
  /** Largest answer of a process in bytes. */
  readonly answerLimit: number;
}

/** Builds the gateway's routes. Throws ConfigError with every route whose command, secret or schemas can't be used. */
export function buildRoutes(
  file: string,
  bounds: RouteBounds,
  configs: readonly RouteConfig[],
  surroundings: Surroundings,
): Route[] {
  const routes: Route[] = [];
  const mistakes: Mistake[] = [];
  for (const config of configs) {
    try {
      routes.push(buildRoute(bounds, config, surroundings));
    } catch (error) {
      if (error instanceof OpenApiError) mistakes.push(...error.mistakes.map(asMistake));
      else if (error instanceof UrocketError && error.code === "config-invalid")
        mistakes.push({ file, position: config.position, message: error.message });
      else throw error;
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return routes;
}

function buildRoute(
  { socketPath, answerLimit }: RouteBounds,
  config: RouteConfig,
  { api, baseEnv, secure, authorize }: Surroundings,
): Route {
  const { path, verb, replyTimeout, onAbort, logStdout, logLevel, concurrency, inject } = config;
  const { cmd, env, channel: name, encoding } = inject;
  const channel = createChannel(name, {
    cmd,
    env,
    baseEnv,
    socketPath,
    encoding,
    urlParamMode: config.urlParamMode,
    // Who proves itself to us does not do so to the program, which has no business with the secret.
    cgi: { path, passAuthorization: config.auth === undefined, withheld: secretHeaders(config), secure },
    process: processOptions(config, answerLimit),
  });
  const check = config.auth && authorize(config.auth);
  // A signature is one of the body.
  const authorizesHead = config.auth !== undefined && config.auth.type !== "hmac";
  const reply = replyRule(config);
  const operation = api?.operation(path, verb);
  const checks = operation && validators(operation, config);
  const rules = { reply, accepted: config.reply === "accepted", stats: config.stats, replyTimeout, onAbort };
  return {
    path,
    verb,
    channel,
    authorize: check,
    authorizesHead,
    ...checks,
    ...rules,
    concurrency,
    logStdout,
    logLevel,
  };
}

/** Those that hold the secret itself; a signature of the body is none. */
function secretHeaders({ auth }: RouteConfig): string[] {
  return auth?.type === "apikey" ? [auth.header.toLowerCase()] : [];
}

function replyRule({ reply, contentType, onExit }: RouteConfig): ReplyRule {
  switch (reply) {
    case "socket":
      return socketReply(onExit);
    case "stdout":
      return stdoutReply(contentType);
    case "cgi":
      return cgiReply();
    case "report":
    // Whoever comes back for the result gets the posted answer, or how the process ended.
    case "accepted":
      return reportReply();
  }
}
