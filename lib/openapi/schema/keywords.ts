/** Keywords that are taken as they are. What is in none of these lists asserts nothing. */
export const PLAIN = [
  ...["type", "enum", "const", "format", "pattern", "minLength", "maxLength"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "minContains", "maxContains"],
  ...["required", "dependentRequired", "minProperties", "maxProperties"],
];

/** A schema for members or items of the value. */
export const OF_PARTS = ["items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"];

/** A schema for the value itself. */
export const OF_WHOLE = ["not", "if", "then", "else"];

/** Schemas by name, for members of the value. */
export const MAPS_OF_PARTS = ["properties", "patternProperties"];

/** Keywords whose failures are told by asking their schemas again, one by one. */
export const ASKED_AGAIN = ["contains", "propertyNames"];
export const UNIONS = ["anyOf", "oneOf"];
