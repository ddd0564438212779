import { configSchema } from "../../lib/config/index.ts";
import { INJECT_KEYS } from "../../lib/config/schema-inject.ts";
import type { Schema } from "../../lib/config/schema-type.ts";
import { wanted } from "../../lib/config/wanted.ts";
import type { Parts } from "./fill.ts";
import { table } from "./table.ts";

/** A table of keys for each map of the configuration, made from its schema. */
export function configurationParts(): Parts {
  const service = propertiesOf(configSchema);
  const route = propertiesOf(configSchema.definitions?.route);
  const inject = propertiesOf(route.inject);
  const own = Object.entries(route).filter(([key]) => !INJECT_KEYS.includes(key));
  return {
    service: keys(service),
    limits: keys(propertiesOf(service.limits)),
    log: keys(propertiesOf(service.log)),
    admin: keys(propertiesOf(service.admin)),
    tls: keys(propertiesOf(service.tls)),
    route: keys(Object.fromEntries(own)),
    inject: keys(inject),
    rlimits: keys(propertiesOf(inject.rlimits)),
    cgroup: keys(propertiesOf(inject.cgroup)),
    auth: keys(propertiesOf(route.auth)),
  };
}

function propertiesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  if (schema?.properties === undefined) throw new Error("expected a map in the schema, got something else");
  return schema.properties;
}

function keys(properties: Readonly<Record<string, Schema>>): string {
  const rows = Object.entries(properties).map(([key, schema]) => {
    const own = schema.$ref === "#/definitions/route" ? { ...ROUTE, ...schema } : schema;
    return [`\`${key}\``, valueCell(key, own), defaultCell(own), own.description ?? ""];
  });
  return table(["key", "value", "default", "meaning"], rows);
}

/** `defaults` is a route in all but its place. */
const ROUTE: Schema = { description: "What every route starts from.", type: "object" };

/** Maps that have a section of their own. */
const SECTIONS: Readonly<Record<string, string>> = {
  limits: "#limits",
  log: "#log",
  admin: "#admin",
  tls: "#tls",
  paths: "#paths",
  defaults: "#defaults",
  inject: "#inject",
  rlimits: "#rlimits",
  cgroup: "#cgroup",
  auth: "#auth",
};

function valueCell(key: string, schema: Schema): string {
  const { enum: choices, items, kind } = schema;
  const link = SECTIONS[key];
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (link !== undefined && kind === undefined) return wanted(schema).replace("a map", `[a map](${link})`);
  if (link !== undefined) return `[${wanted(schema)}](${link})`;
  if (kind === undefined && items !== undefined) return `a list, each ${wanted(items)}`;
  return wanted(schema);
}

function defaultCell({ default: fixed, otherwise }: Schema): string {
  if (otherwise !== undefined) return otherwise;
  if (fixed === undefined) return "";
  return Array.isArray(fixed) && fixed.length === 0 ? "none" : `\`${fixed}\``;
}
