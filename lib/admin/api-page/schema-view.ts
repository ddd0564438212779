import { isObject, type JsonObject } from "../../openapi/json.ts";
import { type Html, html } from "./html.ts";
import { schemaName, textOf } from "./references.ts";

/** A schema as an outline: its type, what bounds it, its members. Named schemas are links to where they are told. */
export function schemaView(schema: unknown): Html {
  if (!isObject(schema)) return html`<span class="type">${schema === false ? "nothing" : "anything"}</span>`;
  if (typeof schema.$ref === "string") return link(schema.$ref);
  const description = textOf(schema.description);
  return html`<span class="type">${typeText(schema)}</span>${boundsOf(schema).map((bound) => html` <span class="bound">${bound}</span>`)}${
    description && html` <span class="words">${description}</span>`
  }${membersView(schema)}${partsView(schema)}`;
}

function link(reference: string): Html {
  const name = schemaName(reference);
  if (name === undefined) return html`<span class="type">${reference}</span>`;
  return html`<a class="type" href="#schema-${encodeURIComponent(name)}">${name}</a>`;
}

function typeText({ type, format, properties, items, nullable }: JsonObject): string {
  const implied = properties !== undefined ? "object" : items !== undefined ? "array" : "";
  const names = Array.isArray(type) ? type.join(" or ") : String(type ?? implied);
  return `${names}${typeof format === "string" ? ` (${format})` : ""}${nullable === true ? " or null" : ""}`;
}

function boundsOf(schema: JsonObject): string[] {
  const { enum: choices, deprecated, readOnly, writeOnly, uniqueItems } = schema;
  const words = { deprecated, "read only": readOnly, "write only": writeOnly, "unique items": uniqueItems };
  return [
    ...(Array.isArray(choices) ? [`one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`] : []),
    ...BOUNDS.flatMap(([key, word]) => (schema[key] === undefined ? [] : [`${word} ${JSON.stringify(schema[key])}`])),
    ...Object.entries(words).flatMap(([word, holds]) => (holds === true ? [word] : [])),
  ];
}

function membersView({ properties, required, items, prefixItems, additionalProperties }: JsonObject): Html | false {
  const needed = Array.isArray(required) ? required : [];
  const rows: Html[] = [];
  for (const [name, member] of Object.entries(isObject(properties) ? properties : {})) {
    const mark = needed.includes(name) && html` <span class="required">required</span>`;
    rows.push(html`<li><code>${name}</code>${mark} ${schemaView(member)}</li>`);
  }
  if (isObject(additionalProperties))
    rows.push(html`<li><em>other members</em> ${schemaView(additionalProperties)}</li>`);
  if (additionalProperties === false && rows.length > 0) rows.push(html`<li><em>no other members</em></li>`);
  for (const item of Array.isArray(prefixItems) ? prefixItems : [])
    rows.push(html`<li><em>item</em> ${schemaView(item)}</li>`);
  if (items !== undefined) rows.push(html`<li><em>each item</em> ${schemaView(items)}</li>`);
  return rows.length > 0 && html`<ul class="members">${rows}</ul>`;
}

function partsView(schema: JsonObject): Html[] {
  return PARTS.flatMap(([key, word]) => {
    const value = schema[key];
    const parts = Array.isArray(value) ? value : isObject(value) ? [value] : [];
    if (parts.length === 0) return [];
    return [
      html`<ul class="members"><li><em>${word}</em></li>${parts.map((part) => html`<li>${schemaView(part)}</li>`)}</ul>`,
    ];
  });
}

const BOUNDS = [
  ["const", "always"],
  ["default", "default"],
  ["minimum", "at least"],
  ["exclusiveMinimum", "more than"],
  ["maximum", "at most"],
  ["exclusiveMaximum", "less than"],
  ["multipleOf", "multiple of"],
  ["minLength", "length at least"],
  ["maxLength", "length at most"],
  ["pattern", "matches"],
  ["minItems", "items at least"],
  ["maxItems", "items at most"],
  ["minProperties", "members at least"],
  ["maxProperties", "members at most"],
] as const;

const PARTS = [
  ["allOf", "all of"],
  ["oneOf", "exactly one of"],
  ["anyOf", "one or more of"],
  ["not", "not"],
] as const;
