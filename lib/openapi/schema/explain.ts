import type { ErrorObject, ValidateFunction } from "ajv";
import { MOST_FAULTS } from "../fault.ts";
import { shorten, show } from "../show.ts";
import { type Finding, finding, findingOf, gotAt, typeNames } from "./finding.ts";

/** What is asked again to explain an error. */
export interface Schemas {
  validator(id: string): ValidateFunction;
  label(id: string): string;
}

/**
 * The findings behind the errors of a thorough validator, one for each thing that is wrong: of an alternative that
 * failed ajv tells everything that every branch would have wanted, then that none fitted.
 */
export function explain(errors: readonly ErrorObject[], name: string, schemas: Schemas): Finding[] {
  const found = explainAll(errors, "", name, schemas).map(({ pointer, expected, got }) => ({ pointer, expected, got }));
  return [...new Map(found.map((one) => [`${one.pointer} ${one.expected}`, one])).values()].slice(0, MOST_FAULTS);
}

/** The one finding of a validator that stopped at the first. */
export function explainFirst(errors: readonly ErrorObject[], name: string, schemas: Schemas): Finding[] {
  const error = errors.findLast(({ keyword }) => keyword !== "if") ?? errors[0];
  if (error === undefined) throw new Error("expected an invalid value to have errors, got none");
  return [isUnion(error) ? noneFits(error, "", name, [], schemas) : explainOne(error, "", name, schemas)];
}

/** A finding that may be nothing but a value of the wrong type; of `types` are the right ones. */
interface Explained extends Finding {
  readonly types?: readonly string[];
}

/** Alternatives in alternatives deeper than this are summed up: each level asks again all that is below it. */
const DEEPEST = 32;

function explainAll(
  errors: readonly ErrorObject[],
  base: string,
  name: string,
  schemas: Schemas,
  depth = 0,
): Explained[] {
  const found: Explained[][] = [];
  // From the last to the first: a summary comes after the errors it sums up.
  for (let index = errors.length - 1; index >= 0; index--) {
    const error = errors[index];
    if (error === undefined || error.keyword === "if" || isUnmet(error, errors)) continue;
    index -= summedUp(error, schemas);
    found.push(
      isUnion(error) ? explainUnion(error, base, name, schemas, depth) : [explainOne(error, base, name, schemas)],
    );
  }
  return found.reverse().flat();
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

function explainUnion(error: ErrorObject, base: string, name: string, schemas: Schemas, depth: number): Explained[] {
  const place = base + error.instancePath;
  if (Array.isArray(error.params.passingSchemas)) return [severalFit(error, place, name, schemas)];
  if (depth === DEEPEST) return [noneFits(error, base, name, [], schemas)];
  const branches = askedBranches(error).map((id) =>
    explainAll(errorsOf(id, error.data, schemas), place, name, schemas, depth + 1),
  );
  // Branches for another type of value are not what was meant. With one left it is clear what was.
  const possible = branches.filter((found) => typesAt(place, found) === undefined);
  const [only] = possible;
  return only !== undefined && possible.length === 1 ? only : [noneFits(error, base, name, branches, schemas)];
}

/** The types that would be right, where a value at a place is of a wrong one. */
function typesAt(place: string, found: readonly Explained[]): readonly string[] | undefined {
  return found.find(({ pointer, types }) => types !== undefined && pointer === place)?.types;
}

function noneFits(
  error: ErrorObject,
  base: string,
  name: string,
  branches: readonly (readonly Explained[])[],
  schemas: Schemas,
): Explained {
  const place = base + error.instancePath;
  const wanted = branches.map((found) => typesAt(place, found));
  if (wanted.length > 0 && wanted.every((some) => some !== undefined)) {
    const types = [...new Set(wanted.flat())].sort(nullLast);
    return { ...finding(place, typeNames(types), gotAt(place, error.data, name)), types };
  }
  const labels = askedBranches(error).map((id) => schemas.label(id));
  return finding(place, `one of: ${shorten(labels.join(", "))}`, gotAt(place, error.data, name));
}

function severalFit(error: ErrorObject, place: string, name: string, schemas: Schemas): Explained {
  const { params, schema, data } = error;
  const label = (index: number) => schemas.label(idOf((schema as unknown[])[index]));
  const fitting = (params.passingSchemas as number[]).map(label).join(" and ");
  return finding(place, "only one of the alternatives", `${gotAt(place, data, name)} that is ${shorten(fitting)}`);
}

function nullLast(a: string, b: string): number {
  return Number(a === "null") - Number(b === "null");
}

function explainOne(error: ErrorObject, base: string, name: string, schemas: Schemas): Explained {
  if (error.keyword === "type") return { ...findingOf(error, base, name), types: [error.params.type].flat() };
  if (error.keyword !== "propertyNames") return findingOf(error, base, name);
  const key: string = error.params.propertyName;
  const [why] = explainAll(errorsOf(idOf(error.schema), key, schemas), "", "", schemas);
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
