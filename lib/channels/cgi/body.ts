import type { Message } from "../../core/message.ts";
import type { ChannelOptions } from "../channel.ts";
import { payloadEncoder } from "../encoding.ts";
import { FORM } from "../form.ts";
import { payloadBytes } from "../payload.ts";

/** What a CGI program reads from standard input, and what it is told of that. */
export interface CgiBody {
  /** Undefined without a body. */
  readonly bytes: Buffer | undefined;
  readonly contentType: string | undefined;
}

/**
 * How the body of a message reaches a CGI program: as it came, unless the encoding makes a form of it or `urlParamMode`
 * puts the parameters in its place. Unlike a payload, it is nothing where the message has none.
 */
export function bodyEncoder(options: Pick<ChannelOptions, "encoding" | "urlParamMode">): (message: Message) => CgiBody {
  const { encoding, urlParamMode = false } = options;
  const encode = payloadEncoder(options);
  const encodedType = encoding === "form" ? FORM : "application/json";
  return (message) => {
    const { body, headers } = message;
    if (!urlParamMode && body.length === 0 && headers["content-length"] === undefined) return NOTHING;
    if (urlParamMode || (encoding === "form" && body.length > 0)) {
      return { bytes: payloadBytes(encode(message)), contentType: encodedType };
    }
    return { bytes: body, contentType: headers["content-type"] };
  };
}

const NOTHING: CgiBody = { bytes: undefined, contentType: undefined };
