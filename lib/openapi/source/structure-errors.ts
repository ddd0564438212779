import type { ErrorObject } from "ajv";

/** Of all errors that ajv gives for a document, those that say what is wrong with it, and not what it could have been instead. */
export function relevantErrors(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const leaves = errors.filter((error) => !isSummary(error));
  const relevant = merged(branchMeant(leaves.filter((error) => !isTolerated(error))));
  const told = relevant.filter((error) => !isUnevaluated(error) || !relevant.some((other) => explains(other, error)));
  // Better a clumsy reason than none, unless what summaries sum up is tolerated.
  return told.length > 0 || leaves.some(isTolerated) ? told : errors.slice(-1);
}

/** What a choice between alternatives adds to the errors of the alternatives; and that it is not a reference. */
function isSummary({ keyword, params, schemaPath }: ErrorObject): boolean {
  if (keyword === "oneOf" || keyword === "anyOf" || keyword === "if") return true;
  return keyword === "required" && params.missingProperty === "$ref" && schemaPath.includes("Reference");
}

/** Slips that change nothing of what the document means, and that tools are known to write. */
function isTolerated({ keyword, instancePath, params }: ErrorObject): boolean {
  if (keyword === "minItems") return instancePath.endsWith("/required");
  // Patterns are looked at by themselves, with the syntax that they are used with.
  return keyword === "format" && params.format === "regex";
}

/**
 * In 3.0 what a parameter may have depends on its `in`, as four alternatives. The one meant is that whose `in` fits,
 * or all of them where none does.
 */
function branchMeant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const misfits = new Map<string, Set<string>>();
  for (const { schemaPath, instancePath } of errors) {
    const [, branch] = LOCATION.exec(schemaPath) ?? [];
    if (branch === undefined || !instancePath.endsWith("/in")) continue;
    const parameter = instancePath.slice(0, -"/in".length);
    misfits.set(parameter, (misfits.get(parameter) ?? new Set()).add(branch));
  }
  return errors.filter(({ schemaPath, instancePath, keyword }) => {
    const [, branch] = LOCATION.exec(schemaPath) ?? [];
    if (branch === undefined) return true;
    const misfit = [...misfits].find(([parameter]) => isWithin(instancePath, parameter))?.[1];
    if (misfit === undefined || !misfit.has(branch)) return true;
    return misfit.size === LOCATIONS && keyword === "enum" && instancePath.endsWith("/in");
  });
}

const LOCATION = /ParameterLocation\/oneOf\/(\d)\//;
const LOCATIONS = 4;

/** Alternatives that want different things of one value, as one error. */
function merged(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const enums = new Map<string, ErrorObject>();
  const required = new Set<string>();
  return errors.flatMap((error) => {
    const { keyword, instancePath, schemaPath } = error;
    if (keyword === "required" && /oneOf\/\d+\/required$/.test(schemaPath)) {
      if (required.has(instancePath)) return [];
      required.add(instancePath);
    }
    if (keyword === "enum") {
      const first = enums.get(instancePath);
      enums.set(instancePath, first ?? error);
      if (first !== undefined) first.schema = [...(first.schema as unknown[]), ...(error.schema as unknown[])];
      return first === undefined ? [error] : [];
    }
    // A literal, or a list of literals: that it is no list is not what is wrong with a wrong literal.
    return keyword === "type" && enums.has(instancePath) ? [] : [error];
  });
}

/** Members count as unknown also when the alternative that knows them failed for another reason. */
function isUnevaluated({ keyword }: ErrorObject): boolean {
  return keyword === "unevaluatedProperties";
}

function explains(other: ErrorObject, error: ErrorObject): boolean {
  return !isUnevaluated(other) && isWithin(other.instancePath, error.instancePath);
}

function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}
