import { resolve } from "node:path";
import { readCommand, readTexts } from "./command.ts";
import { ROUTE_DEFAULTS } from "./defaults.ts";
import { toDuration } from "./kinds.ts";
import type { MistakeList } from "./mistakes.ts";
import type { Places } from "./places.ts";
import type { Settings } from "./settings.ts";
import type { InjectConfig, RouteConfig } from "./types.ts";

/** What a route does, from its settings; relative paths start from `folder`. The casts rest on the schema. */
export function buildRoute(
  settings: Settings,
  folder: string,
  places: Places,
  mistakes: MistakeList,
): Omit<RouteConfig, "path" | "verb" | "position"> {
  return {
    inject: buildInject(settings, folder, places, mistakes),
    reply: choice(settings, "reply"),
    onExit: choice(settings, "onexit"),
    onAbort: choice(settings, "onabort"),
    replyTimeout: toDuration(choice(settings, "replytimeout")) as number,
    logStdout: choice(settings, "logstdout"),
  };
}

function buildInject(settings: Settings, folder: string, places: Places, mistakes: MistakeList): InjectConfig {
  const env = settings.get("env");
  const cmd = settings.get("cmd");
  return {
    wd: resolve(folder, String(choice(settings, "wd"))),
    env: (env && readTexts(env, places, mistakes)) ?? ROUTE_DEFAULTS.env,
    cmd: cmd === undefined ? [] : readCommand(cmd, places, mistakes),
    channel: choice(settings, "channel"),
    encoding: choice(settings, "encoding"),
    timeout: toDuration(choice(settings, "timeout")) as number,
    grace: toDuration(choice(settings, "grace")) as number,
  };
}

/** What the settings say of a key, or its default. */
function choice<Key extends keyof typeof ROUTE_DEFAULTS, Value>(settings: Settings, key: Key): Value {
  return (settings.get(key)?.value ?? ROUTE_DEFAULTS[key]) as Value;
}
