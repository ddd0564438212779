import { accessSync, constants, statSync } from "node:fs";
import type { RouteConfig } from "../../config/index.ts";
import { type Message, NO_PARAMS } from "../../core/message.ts";
import type { Route } from "../../gateway/index.ts";
import { findProgram } from "../programs.ts";

/** What is wrong with the working directory and the program of a route. Throws what the channel says of any message. */
export function commandWarnings(route: Route, { inject, path, verb }: RouteConfig): string[] {
  const folder = folderFault(inject.wd);
  if (folder !== undefined) return [`expected \`wd\` to be a directory to run in, got ${inject.wd}: ${folder}`];
  const { fault } = findProgram(route.channel(sample(path, verb)));
  return fault === undefined ? [] : [`expected \`cmd\` to name a program that can run, got none: ${fault}`];
}

function folderFault(path: string): string | undefined {
  try {
    if (!statSync(path).isDirectory()) return "it is none";
    accessSync(path, constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** A message of the route's type that carries nothing. */
function sample(template: string, verb: string): Message {
  const params: Record<string, string> = {};
  const path = template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    params[name] = "x";
    return "x";
  });
  return {
    id: "00000000-0000-4000-8000-000000000000",
    path: path.replace(/\*$/, "x"),
    verb,
    query: "",
    params: Object.keys(params).length === 0 ? NO_PARAMS : params,
    headers: {},
    body: Buffer.alloc(0),
    receivedAt: performance.now(),
    remoteAddress: "",
  };
}
