import { UrocketError } from "../core/errors.ts";
import { type Placeholder, parseTemplate, type TemplatePart } from "../core/template.ts";
import type { ChannelOptions } from "./channel.ts";
import { variableName } from "./variables.ts";

// Where programs are looked up when `env` does not say: constant, so that it is the same wherever the gateway starts.
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The whole environment of a process, each name once: the default PATH, then `env`, then what is always ours. */
export function environment(
  options: Pick<ChannelOptions, "env" | "socketPath">,
  variables: readonly Placeholder[],
): TemplatePart[][] {
  const values = new Map<string, TemplatePart[]>([["PATH", [text(DEFAULT_PATH)]]]);
  for (const entry of options.env) {
    const [name, value] = splitEntry(entry);
    values.set(name, parseTemplate(value));
  }
  for (const name of variables) values.set(variableName(name), [placeholder(name)]);
  values.set("REQUEST_ID", [placeholder("request_id")]);
  values.set("URIPATH", [placeholder("path")]);
  values.set("UROCKET_SOCKET", [text(options.socketPath)]);
  return Array.from(values, ([name, value]) => [text(`${name}=`), ...value]);
}

function splitEntry(entry: string): [name: string, value: string] {
  const equals = entry.indexOf("=");
  // A name is constant: a caller that chose it could set LD_PRELOAD.
  const name = equals === -1 ? "" : entry.slice(0, equals);
  if (name === "" || parseTemplate(name).some((part) => part.kind === "placeholder")) {
    throw new UrocketError("config-invalid", `expected an entry of \`env\` to be NAME=value, got ${entry}`);
  }
  return [name, entry.slice(equals + 1)];
}

function text(source: string): TemplatePart {
  return { kind: "text", source };
}

function placeholder(name: Placeholder): TemplatePart {
  return { kind: "placeholder", source: `{{${name}}}`, name };
}
