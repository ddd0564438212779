import type { ServiceConfig } from "../config/index.ts";

/** The settings, by their keys, that differ from what we started with and that only a restart can put in force. */
export function needRestart(started: ServiceConfig, next: ServiceConfig): string[] {
  return Object.entries(FIXED).flatMap(([key, read]) => (same(read(started), read(next)) ? [] : key));
}

/** What was given away at the start: sockets, the bound that the server library was loaded with, the open log. */
const FIXED: Readonly<Record<string, (config: ServiceConfig) => unknown>> = {
  host: ({ host }) => host,
  port: ({ port }) => port,
  tls: ({ tls }) => tls,
  socketpath: ({ socketPath }) => socketPath,
  socketmode: ({ socketMode }) => socketMode,
  socketgroup: ({ socketGroup }) => socketGroup,
  cgroupparent: ({ cgroupParent }) => cgroupParent,
  "limits.headers": ({ limits }) => limits.headers,
  log: ({ log }) => log,
  admin: ({ admin }) => admin && [admin.host, admin.port, admin.names],
};

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
