import type { Limits, RouteConfig, ServiceConfig } from "../../config/index.ts";
import { columns, fit, lineWidth } from "../columns.ts";
import { durationText, sizeText } from "../figures.ts";
import { shellWord } from "../shell-word.ts";

/** What a configuration would run: where it listens, its bounds, its routes. */
export function describeService(config: ServiceConfig): string[] {
  const { serviceName, socketPath, socketMode, socketGroup, openapi, limits, grace, log, routes } = config;
  const group = socketGroup === undefined ? "" : `, group ${socketGroup}`;
  const facts = [
    ["service", serviceName],
    ["front", frontOf(config)],
    ["socket", `${socketPath} (mode ${socketMode.toString(8).padStart(4, "0")}${group})`],
    ["openapi", openapi ?? "none"],
    ...limitsOf(limits).map((line, index) => [index === 0 ? "limits" : "", line]),
    ["stop", `after SIGTERM running requests have ${durationText(grace)}`],
    ["log", `${log.level} and above, format ${log.format}`],
    ...variablesOf(config),
  ];
  const width = lineWidth();
  return [
    ...columns(facts).map((line) => fit(line, width)),
    "",
    `routes (${routes.length})`,
    ...columns(routes.map(routeRow), "  ").map((line) => fit(line, width)),
  ];
}

function frontOf({ host, port, tls }: ServiceConfig): string {
  const address = `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}`;
  const where = port === 0 ? `${address}, any free port` : `${address}:${port}`;
  return tls === undefined ? where : `${where} (certificate ${tls.cert})`;
}

function limitsOf({ processes, queue, queueTimeout, body, headers, reply }: Limits): string[] {
  return [
    `${processes} processes at once, ${queue} more requests wait up to ${durationText(queueTimeout)}`,
    `request body ${sizeText(body)}, head ${sizeText(headers)}; answer ${sizeText(reply)}`,
  ];
}

function variablesOf({ passEnv, envFiles }: ServiceConfig): string[][] {
  const sources = [...passEnv, ...envFiles];
  return sources.length === 0 ? [] : [["env", `every process gets ${sources.join(", ")}`]];
}

function routeRow({ verb, path, inject, reply, auth, validateIn, validateOut }: RouteConfig): string[] {
  const { channel, timeout, cmd } = inject;
  const validation =
    validateIn || validateOut
      ? `validates ${[validateIn && "in", validateOut && "out"].filter(Boolean).join("+")}`
      : "";
  const guards = [auth?.type, validation].filter(Boolean).join(", ");
  const way = `${channel} → ${reply}${guards === "" ? "" : ` (${guards})`}`;
  return [verb.toUpperCase(), path, way, durationText(timeout), cmd.map(commandWord).join(" ")];
}

/** Placeholders need no quotes to be read. */
function commandWord(word: string): string {
  return /^[\w@%+:,./{}-]+$/.test(word) ? word : shellWord(word);
}
