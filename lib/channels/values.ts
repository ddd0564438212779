import { UrocketError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";
import {
  isPlaceholder,
  PLACEHOLDER_FORMS,
  type Placeholder,
  placeholderMember,
  type TemplatePart,
} from "../core/template.ts";

/** Gives the value of a placeholder for one message, whose payload as text comes along. */
export type Fill = (message: Message, payload: string) => string;

/** The descriptor on which a process finds its payload as a file, where it asks for one. */
export const PAYLOAD_DESCRIPTOR = 3;

/** The name in a placeholder. Throws when nothing is filled in for it. */
export function placeholderName({ name, source }: Extract<TemplatePart, { kind: "placeholder" }>): Placeholder {
  if (isPlaceholder(name)) return name;
  const known = PLACEHOLDER_FORMS.join(", ");
  throw new UrocketError("config-invalid", `expected a placeholder to be one of ${known}, got ${source}`);
}

/** How a placeholder is filled. */
export function fillOf(name: Placeholder): Fill {
  switch (name) {
    case "jsonpayload":
      return (_message, payload) => payload;
    case "request_id":
      return (message) => message.id;
    case "method":
      return (message) => message.verb.toUpperCase();
    case "path":
      return (message) => message.path;
    case "query":
      return (message) => message.query;
    case "payloadfile":
      return () => `/dev/fd/${PAYLOAD_DESCRIPTOR}`;
    default:
      return fillOfMember(placeholderMember(name));
  }
}

// What a message does not have is empty.
function fillOfMember(parts: ReturnType<typeof placeholderMember>): Fill {
  const member = parts?.member ?? "";
  switch (parts?.family) {
    case "param":
      return ({ params }) => own(params, member);
    case "header":
      return ({ headers }) => own(headers, member);
    default:
      return ({ query }) => (query === "" ? "" : (new URLSearchParams(query).get(member) ?? ""));
  }
}

// Whatever else an object has, a caller did not send.
function own(values: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? "") : "";
}
