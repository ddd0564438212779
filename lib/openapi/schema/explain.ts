import type { ErrorObject, ValidateFunction } from "ajv";
import { MOST_FAULTS } from "../fault.ts";
import { show } from "../show.ts";
import { type Finding, finding, findingOf, typeNames } from "./finding.ts";

/** What is asked again to explain an error. */
export interface Schemas {
  validator(id: string): ValidateFunction;
  label(id: string): string;
}

/**
 * The findings behind the errors of a thorough validator, one for each thing that is wrong: of an alternative that
 * failed ajv tells everything that every branch would have wanted, then that none fitted.
 */
export function explain(errors: readonly ErrorObject[], base: string, name: string, schemas: Schemas): Finding[] {
  const found: Finding[][] = [];
  // From the last to the first: a summary comes after the errors it sums up.
  for (let index = errors.length - 1; index >= 0; index--) {
    const error = errors[index];
    if (error === undefined || error.keyword === "if" || isUnmet(error, errors)) continue;
    index -= summedUp(error, schemas);
    found.push(isUnion(error) ? explainUnion(error, base, name, schemas) : [explainOne(error, base, name, schemas)]);
  }
  return distinct(found.reverse().flat()).slice(0, MOST_FAULTS);
}

/** The one finding of a validator that stopped at the first. */
export function explainFirst(errors: readonly ErrorObject[], name: string, schemas: Schemas): Finding[] {
  const error = errors.findLast(({ keyword }) => keyword !== "if");
  if (error === undefined) return [];
  return [isUnion(error) ? noneFits(error, "", schemas) : explainOne(error, "", name, schemas)];
}

/** What belongs to an alternative that failed counts as unevaluated; that it failed is what to tell. */
function isUnmet({ keyword, instancePath }: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (!keyword.startsWith("unevaluated")) return false;
  return errors.some((other) => (isUnion(other) || other.keyword === "if") && other.instancePath === instancePath);
}

function isUnion({ keyword }: ErrorObject): boolean {
  return keyword === "oneOf" || keyword === "anyOf";
}

/** How many of the errors before this one it sums up. */
function summedUp(error: ErrorObject, schemas: Schemas): number {
  switch (error.keyword) {
    case "anyOf":
    case "oneOf":
      return sum(askedBranches(error).map((id) => errorsOf(id, error.data, schemas).length));
    case "propertyNames":
      return errorsOf(idOf(error.schema), error.params.propertyName, schemas).length;
    case "contains":
      return sumUntilFull(error, schemas);
    default:
      return 0;
  }
}

/** With `maxContains` the search ends at the item that is one too many. */
function sumUntilFull(error: ErrorObject, schemas: Schemas): number {
  const { data, parentSchema } = error;
  const most: number = parentSchema?.maxContains ?? Number.POSITIVE_INFINITY;
  let errors = 0;
  let fitting = 0;
  for (const item of data as unknown[]) {
    const { length } = errorsOf(idOf(error.schema), item, schemas);
    errors += length;
    if (length === 0 && ++fitting > most) break;
  }
  return errors;
}

/** `oneOf` is given up at the second branch that fits. */
function askedBranches({ schema, params }: ErrorObject): string[] {
  const ids = (schema as unknown[]).map(idOf);
  const passing: number[] | null | undefined = params.passingSchemas;
  return Array.isArray(passing) ? ids.slice(0, Math.max(...passing) + 1) : ids;
}

function explainUnion(error: ErrorObject, base: string, name: string, schemas: Schemas): Finding[] {
  const place = base + error.instancePath;
  if (Array.isArray(error.params.passingSchemas)) return [severalFit(error, place, schemas)];
  // Branches for another type of value are not what was meant. With one left it is clear what was.
  const possible = askedBranches(error)
    .map((id) => errorsOf(id, error.data, schemas))
    .filter((errors) => !errors.some(({ keyword, instancePath }) => keyword === "type" && instancePath === ""));
  const [only] = possible;
  if (only !== undefined && possible.length === 1) return explain(only, place, name, schemas);
  return [noneFits(error, base, schemas)];
}

function noneFits(error: ErrorObject, base: string, schemas: Schemas): Finding {
  const branches = askedBranches(error);
  const types = branches.map((id) => wantedTypes(errorsOf(id, error.data, schemas)));
  const expected = types.every((wanted) => wanted !== undefined)
    ? typeNames([...new Set(types.flat())].sort(nullLast))
    : `one of: ${branches.map((id) => schemas.label(id)).join(", ")}`;
  return finding(base + error.instancePath, expected, show(error.data));
}

function severalFit({ params, schema, data }: ErrorObject, place: string, schemas: Schemas): Finding {
  const label = (index: number) => schemas.label(idOf((schema as unknown[])[index]));
  const fitting = (params.passingSchemas as number[]).map(label).join(" and ");
  return finding(place, "only one of the alternatives", `${show(data)} that is ${fitting}`);
}

/** The types that a branch wants, if a value of another type is all that is wrong. */
function wantedTypes(errors: readonly ErrorObject[]): string[] | undefined {
  const error = errors.find(({ keyword, instancePath }) => keyword === "type" && instancePath === "");
  return error === undefined ? undefined : [error.params.type].flat();
}

function nullLast(a: string, b: string): number {
  return Number(a === "null") - Number(b === "null");
}

function explainOne(error: ErrorObject, base: string, name: string, schemas: Schemas): Finding {
  if (error.keyword !== "propertyNames") return findingOf(error, base, name);
  const key: string = error.params.propertyName;
  const [why] = explain(errorsOf(idOf(error.schema), key, schemas), "", "", schemas);
  return finding(base + error.instancePath, `an object of which each name is ${why?.expected ?? "valid"}`, show(key));
}

/** Schemas that are asked again are references to resources, all of them. */
function idOf(schema: unknown): string {
  return (schema as { $ref: string }).$ref;
}

function errorsOf(id: string, data: unknown, schemas: Schemas): ErrorObject[] {
  const validate = schemas.validator(id);
  return validate(data) ? [] : (validate.errors ?? []);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((found) => [`${found.pointer} ${found.expected}`, found])).values()];
}
