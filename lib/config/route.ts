import { toDuration, toWhole } from "./amounts.ts";
import { buildAuth } from "./auth.ts";
import { DEFAULT_REPLY, REPLY_OF_CHANNEL } from "./defaults.ts";
import { buildInject } from "./inject.ts";
import type { Scope } from "./scope.ts";
import { choice, type Settings } from "./settings.ts";
import type { ReplyName, RouteConfig } from "./types.ts";

/** What a route does, from its settings. The casts rest on the schema. */
export function buildRoute(settings: Settings, scope: Scope): Omit<RouteConfig, "path" | "verb" | "position"> {
  return {
    inject: buildInject(settings, scope),
    validateIn: choice(settings, "validatein"),
    validateOut: choice(settings, "validateout"),
    reply: replyOf(settings),
    contentType: settings.get("contenttype")?.value as string | undefined,
    onExit: choice(settings, "onexit"),
    onAbort: choice(settings, "onabort"),
    replyTimeout: toDuration(choice(settings, "replytimeout")) as number,
    concurrency: toWhole(settings.get("concurrency")?.value, 1),
    stats: choice(settings, "stats"),
    logStdout: choice(settings, "logstdout"),
    logLevel: settings.get("loglevel")?.value as RouteConfig["logLevel"],
    urlParamMode: choice(settings, "urlparammode"),
    auth: buildAuth(settings.get("auth"), scope),
  };
}

/** `outtake` is an address, and the only one there is means the socket. */
function replyOf(settings: Settings): ReplyName {
  const given = settings.get("reply")?.value ?? (settings.has("outtake") ? "socket" : undefined);
  return (given ?? REPLY_OF_CHANNEL[choice<"channel", string>(settings, "channel")] ?? DEFAULT_REPLY) as ReplyName;
}
