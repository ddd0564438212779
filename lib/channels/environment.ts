import { UrocketError } from "../core/errors.ts";
import { type Placeholder, parseTemplate, type TemplatePart } from "../core/template.ts";
import type { ChannelOptions } from "./channel.ts";

// Where programs are looked up when `env` does not say: constant, so that it is the same wherever the gateway starts.
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * The whole environment of a process, each name once: the default PATH, `baseEnv`, `env`, the variables of the channel,
 * and last what every process gets. Of one name the later wins.
 */
export function environment(
  { env, baseEnv = [], socketPath }: Pick<ChannelOptions, "env" | "baseEnv" | "socketPath">,
  variables: Iterable<readonly [name: string, value: Placeholder]>,
): TemplatePart[][] {
  const values = new Map<string, TemplatePart[]>([["PATH", [text(DEFAULT_PATH)]]]);
  for (const entry of baseEnv) values.set(entryName(entry), [text(entry.slice(entry.indexOf("=") + 1))]);
  for (const entry of env) values.set(entryName(entry), parseTemplate(entry.slice(entry.indexOf("=") + 1)));
  for (const [name, value] of variables) values.set(name, [placeholder(value)]);
  values.set("REQUEST_ID", [placeholder("request_id")]);
  values.set("URIPATH", [placeholder("path")]);
  values.set("UROCKET_SOCKET", [text(socketPath)]);
  return Array.from(values, ([name, value]) => [text(`${name}=`), ...value]);
}

/** The name in `NAME=value`. Throws UrocketError `config-invalid` when it is none, or not constant. */
export function entryName(entry: string): string {
  const equals = entry.indexOf("=");
  // A caller that chose a name could set LD_PRELOAD.
  const name = equals === -1 ? "" : entry.slice(0, equals);
  if (name === "" || parseTemplate(name).some((part) => part.kind === "placeholder")) {
    throw new UrocketError("config-invalid", `expected an entry of \`env\` to be NAME=value, got ${entry}`);
  }
  return name;
}

function text(source: string): TemplatePart {
  return { kind: "text", source };
}

function placeholder(name: Placeholder): TemplatePart {
  return { kind: "placeholder", source: `{{${name}}}`, name };
}
