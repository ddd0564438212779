import { type AuthConfig, ConfigError, type Mistake, type RouteConfig, type ServiceConfig } from "../config/index.ts";
import { type Authorize, createAuth } from "../gateway/auth/index.ts";
import type { OpenApiDocument } from "../openapi/index.ts";
import { readApi } from "./api.ts";
import { readCgroupParent } from "./cgroup-parent.ts";
import { baseEnvironment } from "./environment.ts";
import { outwardMistake } from "./outward.ts";
import { readSecret } from "./secrets.ts";

/** What routes take from outside the configuration: from files and from our own environment. */
export interface Surroundings {
  /** `NAME=value`, for every process. */
  readonly baseEnv: readonly string[];
  /** The document that requests and answers are checked by, if there is one. */
  readonly api: OpenApiDocument | undefined;
  /** Whether callers come by TLS. */
  readonly secure: boolean;
  /** The check of callers. Throws UrocketError `config-invalid` for a secret that can't be had or used. */
  authorize(auth: AuthConfig): Authorize;
}

export interface SurroundingsOptions {
  /** Our own environment. */
  readonly own: Readonly<Record<string, string | undefined>>;
  readonly warn: (message: string) => void;
}

/** Reads what a configuration names outside of itself. Throws ConfigError with every mistake in it. */
export async function readSurroundings(
  config: Pick<
    ServiceConfig,
    "file" | "routes" | "passEnv" | "envFiles" | "tls" | "openapi" | "admin" | "cgroupParent" | "positions"
  >,
  { own, warn }: SurroundingsOptions,
): Promise<Surroundings> {
  const { file, routes, passEnv, envFiles, tls, admin, cgroupParent, positions } = config;
  const mistakes: Mistake[] = [];
  const withheld = new Set<string>();
  for (const [name, { position }] of secretVariables(routes)) {
    withheld.add(name);
    if (!passEnv.includes(name)) continue;
    const message = `expected \`passenv\` without ${name}, which holds the secret of this route, got it there`;
    mistakes.push({ file, position, message });
  }
  if (admin?.token !== undefined && "env" in admin.token) withheld.add(admin.token.env);
  try {
    if (cgroupParent !== undefined) readCgroupParent(cgroupParent);
  } catch (error) {
    mistakes.push(outwardMistake(file, positions, "cgroupparent", error));
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return {
    api: await readApi(config, warn),
    secure: tls !== undefined,
    baseEnv: baseEnvironment({ passEnv, envFiles, withheld, own, warn }),
    authorize: (auth) => createAuth(auth, readSecret(auth.secret, { own, warn })),
  };
}

/** The variables that hold secrets, each with the first route that it is for. */
function secretVariables(routes: readonly RouteConfig[]): Map<string, RouteConfig> {
  const variables = new Map<string, RouteConfig>();
  for (const route of routes) {
    const source = route.auth?.secret;
    if (source !== undefined && "env" in source && !variables.has(source.env)) variables.set(source.env, route);
  }
  return variables;
}
