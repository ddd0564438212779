import { UrocketError } from "../../core/errors.ts";
import type { Channel, ChannelOptions } from "../channel.ts";
import { checkInput } from "../command.ts";
import { compileChannel } from "../compile.ts";
import { entryName } from "../environment.ts";
import { checkWord } from "../words.ts";
import { bodyEncoder } from "./body.ts";
import { metaVariables } from "./meta-variables.ts";

/**
 * The channel `cgi`: the request as RFC 3875 hands it to a program, in meta-variables and on standard input. A variable
 * that the configuration sets wins. Search words as arguments (4.4) are not supported.
 */
export function cgi(options: ChannelOptions): Channel {
  if (options.encoding === "base64") {
    throw new UrocketError("config-invalid", "expected `encoding` to be json, form or text for cgi, got base64");
  }
  checkInput(options.cmd);
  const compiled = compileChannel(options, {});
  const variables = metaVariables(options.cgi ?? {});
  const encodeBody = bodyEncoder(options);
  const taken = new Set([...(options.baseEnv ?? []), ...options.env].map(entryName));
  return (message) => {
    const spec = compiled(message);
    const body = encodeBody(message);
    const ours = variables(message, body).filter((entry) => !taken.has(entry.slice(0, entry.indexOf("="))));
    for (const variable of ours) checkWord(variable);
    return { ...spec, env: [...(spec.env as readonly string[]), ...ours], stdin: body.bytes ?? "null" };
  };
}
