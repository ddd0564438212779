import type { Compiler } from "./compiler.ts";
import { compileContent, type ReadContent } from "./content/content.ts";
import { MOST_FAULTS } from "./fault.ts";
import { compileParameter, type Parameter } from "./parameter/parameter.ts";
import { Sources } from "./parameter/sources.ts";
import { showChoice } from "./show.ts";
import type { Site } from "./site.ts";
import type { Fault, ReplyInput, ReplyResult } from "./types.ts";

/** Compiles the check of the replies of an operation. Throws OpenApiError. */
export function compileReply(verb: string, operation: Site, compiler: Compiler): (reply: ReplyInput) => ReplyResult {
  const responses = new Map<string, Response>();
  for (const [status, site] of operation.child("responses")?.entries(/^(?:\d|default$)/) ?? []) {
    responses.set(status.toUpperCase(), compileResponse(site, verb, compiler));
  }
  // Without any response a document says nothing of them.
  if (responses.size === 0) return () => GOOD;
  const documented = showChoice([...responses.keys()].map((status) => status.toLowerCase())).replaceAll('"', "");
  return (reply) => {
    const response = responseFor(reply.status, responses);
    if (response === undefined) {
      return { ok: false, faults: [{ in: "status", pointer: "", expected: documented, got: String(reply.status) }] };
    }
    const faults: Fault[] = [];
    checkHeaders(response.headers, reply, faults);
    checkBody(response.content, reply, faults);
    return faults.length === 0 ? GOOD : { ok: false, faults: faults.slice(0, MOST_FAULTS) };
  };
}

const GOOD: ReplyResult = Object.freeze({ ok: true });

interface Response {
  readonly headers: readonly Parameter[];
  /** "none": there must be no body; undefined: the document says nothing of it. */
  readonly content: ReadContent | "none" | undefined;
}

function compileResponse(site: Site, verb: string, compiler: Compiler): Response {
  const content = site.child("content");
  const headers = (site.child("headers")?.entries() ?? [])
    .filter(([name]) => name.toLowerCase() !== "content-type")
    .map(([name, header]) => compileParameter(header, "header", name, new Set(), compiler));
  if (content === undefined || verb === "head") return { headers, content: undefined };
  return { headers, content: content.entries().length === 0 ? "none" : compileContent(content, compiler) };
}

/** The status itself, then its class, then all the rest. */
function responseFor(status: number, responses: ReadonlyMap<string, Response>): Response | undefined {
  return responses.get(String(status)) ?? responses.get(`${Math.floor(status / 100)}XX`) ?? responses.get("DEFAULT");
}

function checkHeaders(headers: readonly Parameter[], { headers: fields }: ReplyInput, faults: Fault[]): void {
  if (headers.length === 0) return;
  const sources = new Sources({}, "", fields);
  for (const header of headers) header.take(sources, Object.create(null), faults);
}

function checkBody(content: Response["content"], { status, contentType, body }: ReplyInput, faults: Fault[]): void {
  if (content === undefined) return;
  if (content === "none") {
    if (body.length > 0) faults.push({ in: "body", pointer: "", expected: "absent", got: `${body.length} bytes` });
    return;
  }
  // These have no body, whatever is said of one.
  if (body.length === 0 && (status < 200 || status === 204 || status === 304)) return;
  const result = content(contentType, body);
  if ("wrongType" in result) faults.push({ in: "header", name: "content-type", ...result.wrongType });
  else for (const found of result.faults ?? []) faults.push({ in: "body", ...found });
}
