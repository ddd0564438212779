/** The one spelling of a setting's key: `validate-in`, `validate_in` and `validateIn` are `validatein`. */
export function keyOf(spelling: string): string {
  return spelling.toLowerCase().replaceAll(/(?<=[a-z0-9])[-_](?=[a-z0-9])/g, "");
}
