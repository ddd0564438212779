import type { AuthConfig } from "../../config/index.ts";
import type { JsonObject } from "../../openapi/json.ts";

/** What a route asks of its callers, as a security scheme and a name for it. */
export function securityOf(auth: AuthConfig): { readonly name: string; readonly scheme: JsonObject } {
  if (auth.type === "bearer" || auth.type === "basic") {
    return { name: auth.type, scheme: { type: "http", scheme: auth.type } };
  }
  const scheme = { type: "apiKey", in: "header", name: auth.header };
  const name = `${auth.type}-${auth.header}`.replaceAll(/[^\w.-]/g, "_");
  if (auth.type === "apikey") return { name, scheme };
  const description = `HMAC (${auth.algorithm}) of the body in hexadecimal, behind "${auth.prefix}".`;
  return { name, scheme: { ...scheme, description } };
}
