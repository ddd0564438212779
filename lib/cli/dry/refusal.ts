import type { RouteConfig } from "../../config/index.ts";
import type { ErrorEntry } from "../../core/errors.ts";
import { ERRORS } from "../../core/errors.ts";
import type { Message } from "../../core/message.ts";
import type { Reply } from "../../core/reply.ts";

/** Why nothing would run for a request, for people: the reply, what can be done, and what there is instead. */
export function describeRefusal(message: Message, reply: Reply, routes: readonly RouteConfig[]): string {
  const request = `${message.verb.toUpperCase()} ${message.path}`;
  const problem = problemOf(reply);
  const lines =
    problem === undefined
      ? [`${request} runs nothing: the gateway itself answers ${reply.status}`]
      : [`${request} runs nothing: ${reply.status} ${problem.title}`, `  ${problem.detail}`, `  ${problem.remedy}`];
  for (const [name, value] of reply.headers) lines.push(`  ${name}: ${value}`);
  for (const fault of problem?.faults ?? []) lines.push(`  ${JSON.stringify(fault)}`);
  if (problem?.code === "route-not-found") {
    lines.push("", "the paths there are", ...[...new Set(routes.map(({ path }) => `  ${path}`))]);
  }
  return `${lines.join("\n")}\n`;
}

interface Problem extends ErrorEntry {
  readonly code: string;
  readonly detail: string;
  readonly faults: readonly unknown[];
}

/** A reply of ours that is not a success has a code of the catalogue. */
function problemOf({ contentType, body }: Reply): Problem | undefined {
  if (contentType !== "application/problem+json") return undefined;
  const { code, detail, faults = [] } = JSON.parse(body.toString());
  return { ...ERRORS[code as keyof typeof ERRORS], code, detail, faults };
}
