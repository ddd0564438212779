import type { ErrorObject } from "ajv";
import { joinPointer, segmentsOf } from "../pointer.ts";
import { count, shorten, showChoice, showUnlessSecret } from "../show.ts";

/** One thing that is wrong with a value. */
export interface Finding {
  /** JSON pointer into the value. */
  readonly pointer: string;
  /** Follows "to be". */
  readonly expected: string;
  readonly got: string;
}

const LONGEST_POINTER = 256;

/** A finding; keys are the choice of whoever sent them, so a pointer has a bound too. */
export function finding(pointer: string, expected: string, got: string): Finding {
  const short = pointer.length <= LONGEST_POINTER ? pointer : `${pointer.slice(0, LONGEST_POINTER)}...`;
  return { pointer: short, expected, got };
}

/** What an error of ajv (in verbose mode) says of the value at `base`. `name` is what the whole value is called. */
export function findingOf(error: ErrorObject, base: string, name: string): Finding {
  const { keyword, params, instancePath, data } = error;
  const pointer = base + instancePath;
  if (keyword === "required" || keyword === "dependentRequired") {
    return finding(joinPointer(pointer, params.missingProperty), "present", "none");
  }
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") {
    const key = String(params.additionalProperty ?? params.unevaluatedProperty);
    const value = Object.hasOwn(data as object, key) ? (data as Record<string, unknown>)[key] : undefined;
    return finding(joinPointer(pointer, key), "absent", showUnlessSecret(value, key));
  }
  const describe = Object.hasOwn(EXPECTED, keyword) ? EXPECTED[keyword] : undefined;
  const expected = describe === undefined ? `valid by ${keyword}` : describe(params, error.schema);
  return finding(pointer, expected, gotOf(keyword, data, pointer, name));
}

/** `an integer`, `a string or null`. */
export function typeNames(types: readonly string[]): string {
  return types.map((type) => TYPES[type] ?? type).join(" or ");
}

/** What came at a pointer into the value that is called `name`. */
export function gotAt(pointer: string, data: unknown, name: string): string {
  // Items of a list go by its name.
  const segment = segmentsOf(pointer).findLast((one) => !/^\d+$/.test(one));
  return showUnlessSecret(data, segment ?? name);
}

function gotOf(keyword: string, data: unknown, pointer: string, name: string): string {
  if ((keyword === "minLength" || keyword === "maxLength") && typeof data === "string" && data.length > 0) {
    return count([...data].length, "character");
  }
  return gotAt(pointer, data, name);
}

const TYPES: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "true or false",
  integer: "an integer",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

type Describe = (params: ErrorObject["params"], schema: unknown) => string;

const COMPARISONS: Readonly<Record<string, string>> = { ">=": "at least", ">": "above", "<=": "at most", "<": "below" };

const compare: Describe = ({ comparison, limit }) => `${COMPARISONS[comparison] ?? comparison} ${limit}`;

const EXPECTED: Readonly<Record<string, Describe>> = {
  type: ({ type }) => typeNames([type].flat()),
  enum: (_, values) => showChoice(values as unknown[]),
  const: (_, value) => showChoice([value]),
  minimum: compare,
  maximum: compare,
  exclusiveMinimum: compare,
  exclusiveMaximum: compare,
  multipleOf: ({ multipleOf }) => `a multiple of ${multipleOf}`,
  minLength: ({ limit }) => `a string of at least ${count(limit, "character")}`,
  maxLength: ({ limit }) => `a string of at most ${count(limit, "character")}`,
  pattern: ({ pattern }) => `a string that matches ${shorten(pattern)}`,
  format: ({ format }) => `of the format ${shorten(format)}`,
  minItems: ({ limit }) => `an array of at least ${count(limit, "item")}`,
  maxItems: ({ limit }) => `an array of at most ${count(limit, "item")}`,
  uniqueItems: () => "an array without repetitions",
  contains: ({ minContains = 1, maxContains }) =>
    maxContains === undefined
      ? `an array with at least ${minContains} of the items it has to contain`
      : `an array with ${minContains} to ${maxContains} of the items it has to contain`,
  items: ({ limit }) => `an array of at most ${count(limit, "item")}`,
  unevaluatedItems: ({ limit }) => `an array of at most ${count(limit, "item")}`,
  minProperties: ({ limit }) => `an object of at least ${count(limit, "member")}`,
  maxProperties: ({ limit }) => `an object of at most ${count(limit, "member")}`,
  oneOf: () => "one of the alternatives",
  anyOf: () => "one of the alternatives",
  not: () => "something else",
  "false schema": () => "absent",
};
