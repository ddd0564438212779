import { resolve } from "node:path";
import { toDuration, toMask, toWhole } from "./amounts.ts";
import { readCommand, readTexts } from "./command.ts";
import { buildCgroup, buildRlimits } from "./confinement.ts";
import { ROUTE_DEFAULTS } from "./defaults.ts";
import type { Scope } from "./scope.ts";
import { choice, type Settings } from "./settings.ts";
import { toIdentity, toSignal } from "./texts.ts";
import type { InjectConfig } from "./types.ts";

/** How a message travels into its process, and who and what that may be. The casts rest on the schema. */
export function buildInject(settings: Settings, scope: Scope): InjectConfig {
  const env = settings.get("env");
  const cmd = settings.get("cmd");
  const value = (key: string): unknown => settings.get(key)?.value;
  return {
    wd: resolve(scope.folder, String(choice(settings, "wd"))),
    env: (env && readTexts(env, scope)) ?? ROUTE_DEFAULTS.env,
    cmd: cmd === undefined ? [] : readCommand(cmd, scope),
    channel: choice(settings, "channel"),
    encoding: choice(settings, "encoding"),
    timeout: toDuration(choice(settings, "timeout")) as number,
    grace: toDuration(choice(settings, "grace")) as number,
    killSignal: toSignal(choice(settings, "killsignal")) as string,
    user: toIdentity(value("user")),
    group: toIdentity(value("group")),
    umask: toMask(value("umask")),
    nice: toWhole(value("nice"), -20, 19),
    rlimits: buildRlimits(settings.get("rlimits"), scope),
    cgroup: buildCgroup(settings.get("cgroup")),
    noNewPrivs: choice(settings, "nonewprivs"),
  };
}
