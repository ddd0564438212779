import { ConfigError, type Mistake, type RouteConfig, type ServiceConfig } from "../config/index.ts";
import { loadOpenApi, type OpenApiDocument, OpenApiError } from "../openapi/index.ts";

/**
 * The OpenAPI document of a configuration; undefined when it names none, or one that can't be used while no route is to be
 * checked by it: that is a warning. Throws ConfigError when a route is.
 */
export async function readApi(
  { file, openapi, routes }: Pick<ServiceConfig, "file" | "openapi" | "routes">,
  warn: (message: string) => void,
): Promise<OpenApiDocument | undefined> {
  if (openapi === undefined) return undefined;
  let document: OpenApiDocument;
  try {
    document = await loadOpenApi(openapi);
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error;
    if (routes.some(isChecked)) throw new ConfigError(error.mistakes.map(asMistake), { cause: error });
    for (const line of error.message.split("\n")) warn(line);
    return undefined;
  }
  compare(document, file, routes, warn);
  return document;
}

/** Tells of routes that the document lacks (a mistake where they are to be checked) and of operations without a route. */
function compare(
  document: OpenApiDocument,
  file: string,
  routes: readonly RouteConfig[],
  warn: (message: string) => void,
): void {
  const mistakes: Mistake[] = [];
  for (const route of routes) {
    if (document.operation(route.path, route.verb) !== undefined) continue;
    const name = `${route.verb} ${route.path}`;
    const found = mistake(
      file,
      route,
      `expected an operation of the OpenAPI document for each route, got none for ${name}`,
    );
    if (isChecked(route)) mistakes.push(found);
    else warn(found.message);
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const served = new Set(routes.map(({ verb, path }) => `${verb} ${path}`));
  for (const { verb, path } of document.operations()) {
    if (served.has(`${verb} ${path}`)) continue;
    warn(`expected a route for each operation of the OpenAPI document, got none for ${verb} ${path}`);
  }
}

function isChecked({ validateIn, validateOut }: RouteConfig): boolean {
  return validateIn || validateOut;
}

function mistake(file: string, { position }: RouteConfig, message: string): Mistake {
  return { file, position, message };
}

/** A mistake of the document as one of the configuration; without a place of its own it is one of the whole file. */
export function asMistake({ file, position, pointer, message }: OpenApiError["mistakes"][number]): Mistake {
  const place = pointer === "" ? "" : ` (at ${pointer})`;
  return { file, position: position ?? { line: 1, column: 1 }, message: `${message}${place}` };
}
