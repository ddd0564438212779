import { UrocketError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";
import { jsonItems, jsonMembers } from "./json-members.ts";
import { parameters } from "./parameters.ts";
import { type Payload, payloadText } from "./payload.ts";

/** The content type of the encoding `form`. */
export const FORM = "application/x-www-form-urlencoded";

/** The body of a message as a form: one that is a form stays as it came, the members of a JSON object become its fields. */
export function formOfBody(message: Message): Payload {
  const { body, headers } = message;
  if (isForm(headers["content-type"])) return body;
  const form = new URLSearchParams();
  for (const [name, json] of jsonMembers(objectText(payloadText(body)))) {
    if (json.startsWith("[")) for (const item of jsonItems(json)) form.append(name, fieldValue(item));
    else form.append(name, fieldValue(json));
  }
  return form.toString();
}

/** The query and path parameters of a message as a form. */
export function formOfParameters({ query, params }: Message): string {
  const form = new URLSearchParams();
  for (const [name, values] of Object.entries(parameters(query, params))) {
    for (const value of [values].flat()) form.append(name, value);
  }
  return form.toString();
}

function isForm(contentType: string | undefined): boolean {
  return contentType?.split(";")[0]?.trim().toLowerCase() === FORM;
}

function objectText(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refusal(`text that is neither, of ${text.length} characters`, cause);
  }
  if (Array.isArray(value)) throw refusal("a JSON array");
  if (typeof value !== "object" || value === null) throw refusal(`the JSON value ${text.trim().slice(0, 40)}`);
  return text;
}

function refusal(got: string, cause?: unknown): UrocketError {
  const detail = `expected the body to be a form (${FORM}) or a JSON object, got ${got}`;
  return new UrocketError("payload-not-representable", detail, { cause });
}

// Text is itself and null nothing; a number, a boolean and what has parts of its own stay as they were written.
function fieldValue(json: string): string {
  if (json === "null") return "";
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}
