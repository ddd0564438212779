import type { Message } from "../core/message.ts";
import type { ChannelOptions } from "./channel.ts";
import { formOfBody, formOfParameters } from "./form.ts";
import { parametersJson } from "./parameters.ts";
import { type Payload, payloadBytes } from "./payload.ts";

/**
 * How the payload of a message is written: its body or, in `urlParamMode` and for a message without one, the object of
 * its query and path parameters. What it gives back throws UrocketError `payload-not-representable`.
 */
export function payloadEncoder(
  options: Pick<ChannelOptions, "encoding" | "urlParamMode">,
): (message: Message) => Payload {
  const { encoding = "json", urlParamMode = false } = options;
  const carriesBody = ({ body }: Message) => !urlParamMode && body.length > 0;
  const unchanged = (message: Message) => (carriesBody(message) ? message.body : parametersJson(message));
  switch (encoding) {
    case "json":
    case "text":
      return unchanged;
    case "form":
      return (message) => (carriesBody(message) ? formOfBody(message) : formOfParameters(message));
    case "base64":
      return (message) => payloadBytes(unchanged(message)).toString("base64");
  }
}
