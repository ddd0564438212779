import type { Message } from "../../core/message.ts";
import type { CgiOptions } from "../channel.ts";
import type { CgiBody } from "./body.ts";
import { headerVariables } from "./header-variables.ts";
import { scriptPath } from "./path.ts";

/** Makes the meta-variables of RFC 3875, 4.1, `NAME=value` each, and those that servers add by custom. */
export function metaVariables(options: CgiOptions): (message: Message, body: CgiBody) => string[] {
  const { documentRoot, passAuthorization = false, withheld = [], secure = false } = options;
  const kept = new Set(passAuthorization ? withheld : ["authorization", ...withheld]);
  const divide = scriptPath(options.path);
  const constant = ["GATEWAY_INTERFACE=CGI/1.1", "SERVER_SOFTWARE=urocket", "SERVER_PROTOCOL=HTTP/1.1"];
  if (secure) constant.push("HTTPS=on");
  if (documentRoot !== undefined) constant.push(`DOCUMENT_ROOT=${documentRoot}`);
  return (message, { bytes, contentType }) => {
    const { path, query, headers } = message;
    const { scriptName, pathInfo } = divide(path);
    const { name, port } = serverOf(headers.host, secure ? "443" : "80");
    const variables = [
      ...constant,
      `REQUEST_METHOD=${message.verb.toUpperCase()}`,
      `REQUEST_URI=${query === "" ? path : `${path}?${query}`}`,
      `SCRIPT_NAME=${scriptName}`,
      `PATH_INFO=${pathInfo}`,
      `QUERY_STRING=${query}`,
      `REMOTE_ADDR=${message.remoteAddress}`,
      `SERVER_NAME=${name}`,
      `SERVER_PORT=${port}`,
      ...headerVariables(headers, kept),
    ];
    if (documentRoot !== undefined && pathInfo !== "") variables.push(`PATH_TRANSLATED=${documentRoot}${pathInfo}`);
    if (bytes !== undefined) variables.push(`CONTENT_LENGTH=${bytes.length}`);
    if (contentType !== undefined) variables.push(`CONTENT_TYPE=${contentType}`);
    return variables;
  };
}

// The host and port that the caller meant; what can't be a host does not reach a program that prints it in a page.
function serverOf(host: string | undefined, usualPort: string): { name: string; port: string } {
  const [, name = "localhost", port = usualPort] = /^([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i.exec(host ?? "") ?? [];
  return { name, port };
}
