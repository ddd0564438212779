/** The dialect of schemas that is understood. */
export const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** Whether a `$schema` or `jsonSchemaDialect` names that dialect, or what OpenAPI 3.1 makes of it. */
export function isKnownDialect(uri: unknown): boolean {
  return (
    typeof uri === "string" &&
    /^https?:\/\/(?:json-schema\.org\/draft\/2020-12\/|spec\.openapis\.org\/oas\/3\.1\/)/.test(uri)
  );
}
