import type { RouteConfig } from "../config/index.ts";
import type { Message } from "../core/message.ts";
import type { Reply } from "../core/reply.ts";
import { parsePathTemplate, segmentsOf } from "../gateway/path-template.ts";
import type { Route } from "../gateway/route.ts";
import { describeFault, type Fault, type Operation, type ValidRequest } from "../openapi/index.ts";
import type { Failure } from "../replies/failure.ts";

/** The checks that a route asks for, compiled. Throws OpenApiError where a schema can't be used. */
export function validators(
  operation: Operation,
  { path, validateIn, validateOut }: Pick<RouteConfig, "path" | "validateIn" | "validateOut">,
): Pick<Route, "validateRequest" | "validateReply"> {
  if (validateIn) operation.compile("request");
  if (validateOut) operation.compile("reply");
  return {
    validateRequest: validateIn ? requestCheck(operation, path) : undefined,
    validateReply: validateOut ? replyCheck(operation) : undefined,
  };
}

/** Checks a message, and fills the defaults of its schemas into it where it passes. */
function requestCheck(operation: Operation, path: string): (message: Message) => Failure | undefined {
  const names = parsePathTemplate(path).segments.map((segment) => ("param" in segment ? segment.param : undefined));
  return (message) => {
    const params = rawParams(names, message.path);
    const { query, headers, body } = message;
    const result = operation.validateRequest({ params, query, headers, body });
    if (!result.ok) return failure(result.status === 415 ? "media-type-unsupported" : "request-invalid", result.faults);
    complete(message, result);
    return undefined;
  };
}

function replyCheck(operation: Operation): (reply: Reply) => Failure | undefined {
  return ({ status, contentType, headers, body }) => {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const result = operation.validateReply({ status, contentType, headers: Object.fromEntries(headers), body: bytes });
    return result.ok ? undefined : failure("answer-invalid", result.faults);
  };
}

function failure(code: Failure["code"], faults: readonly Fault[]): Failure {
  const [first] = faults;
  const detail = first === undefined ? "" : describeFault(first);
  return { code, detail, extras: { faults } };
}

/** Values of the parameters as they stand in the path: their styles have separators that decoding would hide. */
function rawParams(names: readonly (string | undefined)[], path: string): Record<string, string> {
  const params: Record<string, string> = Object.create(null);
  segmentsOf(path).forEach((segment, index) => {
    const name = names[index];
    if (name !== undefined) params[name] = segment;
  });
  return params;
}

function complete(message: Message, { query, body, filled }: ValidRequest): void {
  message.query = withDefaults(message.query, query);
  if (!filled) return;
  // Fields that were sent stay as they are: how their values are written is up to their styles.
  const text = FORM.test(message.headers["content-type"] ?? "")
    ? withDefaults(message.body.toString(), body as ValidRequest["query"])
    : JSON.stringify(body);
  message.body = Buffer.from(text);
}

const FORM = /^[ \t]*application\/x-www-form-urlencoded[ \t]*(?:;|$)/i;

/** Adds the fields, of a query or a form, that the caller left out and the schema has a default for. */
function withDefaults(query: string, values: ValidRequest["query"]): string {
  const sent = new Set(Array.from(new URLSearchParams(query).keys(), (key) => key.replace(/\[.*$/, "")));
  const added = new URLSearchParams();
  for (const name in values) {
    if (sent.has(name)) continue;
    const value = values[name];
    for (const item of Array.isArray(value) ? value : [value]) {
      added.append(name, typeof item === "object" ? JSON.stringify(item) : String(item));
    }
  }
  const more = added.toString();
  return query === "" || more === "" ? query + more : `${query}&${more}`;
}
