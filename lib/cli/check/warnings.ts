import type { RouteConfig, ServiceConfig } from "../../config/index.ts";
import { UrocketError } from "../../core/errors.ts";
import type { Route } from "../../gateway/index.ts";
import type { Probe } from "../../process/index.ts";
import { commandWarnings } from "./command.ts";
import { confinementWarnings } from "./confinement.ts";
import { fileWarnings } from "./files.ts";
import { ownPrivileges, type Privileges, privilegeWarnings } from "./privileges.ts";

/**
 * What a configuration without mistakes finds missing around it: files, programs, users, privileges. Each warning is one
 * line and begins with the place it belongs to.
 */
export function findWarnings(
  file: string,
  config: ServiceConfig,
  routes: readonly Route[],
  machine: Probe,
  privileges = ownPrivileges(),
): string[] {
  const warnings = fileWarnings(config).map((warning) => `${file}: ${warning}`);
  for (const route of config.routes) {
    const { line, column } = route.position;
    const place = `${file}:${line}:${column}: ${route.verb} ${route.path}`;
    for (const warning of routeWarnings(route, routes, machine, privileges)) warnings.push(`${place}: ${warning}`);
  }
  return warnings;
}

function routeWarnings(
  config: RouteConfig,
  routes: readonly Route[],
  machine: Probe,
  privileges: Privileges,
): string[] {
  const route = routes.find(({ verb, path }) => verb === config.verb && path === config.path);
  try {
    const commands = route === undefined ? [] : commandWarnings(route, config);
    return [
      ...commands,
      ...confinementWarnings(config.inject, machine),
      ...privilegeWarnings(config.inject, privileges),
    ];
  } catch (error) {
    // What a route is asked for here, it is asked for with every request.
    if (error instanceof UrocketError) return [error.message];
    throw error;
  }
}
