/** A JSON object, as a document or a body has it. */
export type JsonObject = Record<string, unknown>;

/** Whether a JSON value is an object: not null and not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sets a member as its own, whatever its name: plain assignment of `__proto__` would change the prototype. */
export function setMember(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}
