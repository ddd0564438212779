import type { Compiler } from "./compiler.ts";
import { compileContent } from "./content/content.ts";
import { MOST_FAULTS } from "./fault.ts";
import type { Parameter } from "./parameter/parameter.ts";
import { compileParameters } from "./parameter/parameters.ts";
import type { Place } from "./parameter/reader.ts";
import { Sources } from "./parameter/sources.ts";
import type { Site } from "./site.ts";
import type { Fault, RequestInput, RequestResult, Values } from "./types.ts";

/** Compiles the check of the requests of an operation. Throws OpenApiError. */
export function compileRequest(
  path: string,
  pathItem: Site,
  operation: Site,
  compiler: Compiler,
): (request: RequestInput) => RequestResult {
  const parameters = compileParameters(path, pathItem, operation, compiler);
  const taker = (place: Place) => takeAll(parameters.filter((parameter) => parameter.place === place));
  const [params, query, headers, cookies] = [taker("path"), taker("query"), taker("header"), taker("cookie")];
  const takeBody = compileRequestBody(operation.child("requestBody"), compiler);
  return (request) => {
    const sources = new Sources(request.params, request.query, request.headers);
    const faults: Fault[] = [];
    const values = {
      params: params(sources, faults),
      query: query(sources, faults),
      headers: headers(sources, faults),
      cookies: cookies(sources, faults),
    };
    const good = faults.length;
    const body = takeBody(request, faults);
    if (faults.length === 0) return { ok: true, ...values, body: body.value, filled: body.filled };
    const status = good === 0 && body.wrongType ? 415 : 400;
    return { ok: false, status, faults: faults.slice(0, MOST_FAULTS) };
  };
}

const NONE: Values = Object.freeze(Object.create(null));

function takeAll(parameters: readonly Parameter[]): (sources: Sources, faults: Fault[]) => Values {
  if (parameters.length === 0) return () => NONE;
  return (sources, faults) => {
    const values: Record<string, unknown> = Object.create(null);
    for (const parameter of parameters) parameter.take(sources, values, faults);
    return values;
  };
}

interface TakenBody {
  readonly value: unknown;
  readonly filled: boolean;
  readonly wrongType: boolean;
}

const NO_BODY: TakenBody = { value: undefined, filled: false, wrongType: false };
const WRONG_TYPE: TakenBody = { ...NO_BODY, wrongType: true };

function compileRequestBody(
  site: Site | undefined,
  compiler: Compiler,
): (request: RequestInput, faults: Fault[]) => TakenBody {
  const content = site?.child("content");
  if (site === undefined || content === undefined) {
    // The document says nothing of a body: it is handed on as it is.
    return ({ body }) => (body.length === 0 ? NO_BODY : { value: body, filled: false, wrongType: false });
  }
  const read = compileContent(content, compiler);
  const required = site.node.required === true;
  return ({ headers, body }, faults) => {
    const contentType = headers["content-type"];
    if (body.length === 0 && (contentType === undefined || !canBeEmpty(contentType))) {
      if (required) faults.push({ in: "body", pointer: "", expected: "present", got: "none" });
      return NO_BODY;
    }
    const coding = headers["content-encoding"];
    if (coding !== undefined && coding.trim().toLowerCase() !== "identity") {
      // RFC 9110, 8.4: packed, it is not of the type that it is said to be.
      faults.push({
        in: "header",
        name: "content-encoding",
        pointer: "",
        expected: "identity",
        got: JSON.stringify(coding),
      });
      return WRONG_TYPE;
    }
    const result = read(contentType, body);
    if ("wrongType" in result) {
      faults.push({ in: "header", name: "content-type", ...result.wrongType });
      return WRONG_TYPE;
    }
    if (result.faults !== undefined) {
      for (const found of result.faults) faults.push({ in: "body", ...found });
      return NO_BODY;
    }
    return { value: result.value, filled: result.filled, wrongType: false };
  };
}

/** An empty text is a text, and an empty form a form; an empty body of another type is none. */
function canBeEmpty(contentType: string): boolean {
  return /^\s*(?:text\/|application\/x-www-form-urlencoded\b)/i.test(contentType);
}
