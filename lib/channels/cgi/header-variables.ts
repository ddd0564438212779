import type { Headers } from "../../core/message.ts";

/** The header fields of a request as `HTTP_NAME=value` (RFC 3875, 4.1.18), without those that no program may have. */
export function headerVariables(headers: Headers, withheld: ReadonlySet<string>): string[] {
  const variables: string[] = [];
  for (const name of Object.keys(headers)) {
    // `x_a` would be the variable of `x-a`: a caller could imitate a field that a proxy in front sets.
    if (!/^[a-z0-9-]+$/.test(name) || NEVER_PASSED.has(name) || withheld.has(name)) continue;
    variables.push(`HTTP_${name.replaceAll("-", "_").toUpperCase()}=${headers[name]}`);
  }
  return variables;
}

const NEVER_PASSED: ReadonlySet<string> = new Set([
  // They have variables without HTTP_.
  ..."content-length content-type".split(" "),
  // HTTP_PROXY would choose the proxy of the HTTP clients inside of the program.
  "proxy",
  // They speak of the connection, and the program gets the body without its chunks.
  ..."connection expect keep-alive proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
]);
