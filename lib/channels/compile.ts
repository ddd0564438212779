import { type Placeholder, parseTemplate } from "../core/template.ts";
import type { SpawnSpec } from "../process/types.ts";
import type { Channel, ChannelOptions } from "./channel.ts";
import { compileCommand } from "./command.ts";
import { payloadEncoder } from "./encoding.ts";
import { environment } from "./environment.ts";
import { payloadBytes, payloadText } from "./payload.ts";
import { PAYLOAD_DESCRIPTOR } from "./values.ts";
import { namedByHand, variableName } from "./variables.ts";
import { compileWords, fillWords, usesPlaceholder } from "./words.ts";

/** What one channel does that others do not. */
export interface Way {
  /** The last argument of a command that asks for nothing. */
  readonly append?: Placeholder;
  /** A variable that carries the payload, or the name of its file. */
  readonly variable?: readonly [name: string, value: Placeholder];
  /** The payload is on standard input. */
  readonly stdin?: boolean;
}

/**
 * Does all the work of a channel that is the same for every message. Throws UrocketError `config-invalid` when the
 * command can't be made safe.
 */
export function compileChannel(options: ChannelOptions, way: Way): Channel {
  const { append, variable, stdin = false } = way;
  const asks = append === undefined || !takesNothing(options.cmd);
  const command = compileCommand(asks ? options.cmd : [...options.cmd, `{{${append}}}`]);
  const variables = command.variables.map((name) => [variableName(name), name] as const);
  const templates = environment(options, variable === undefined ? variables : [...variables, variable]);
  const argv = compileWords(command.argv);
  const env = compileWords(templates);
  const uses = (name: Placeholder) => [...command.argv, ...templates].some((parts) => usesPlaceholder(parts, name));
  const [needsText, needsFile] = [uses("jsonpayload"), uses("payloadfile")];
  const needsPayload = needsText || needsFile || stdin;
  const encode = payloadEncoder(options);
  // One shape for all specs, and no spread beside other fields: that is a hundred times as slow (bench: whole path).
  const same: Writable<SpawnSpec> = { ...options.process, argv: [], env: [], stdin: undefined, files: undefined };
  same.requestId = "";
  return (message) => {
    const payload = needsPayload ? encode(message) : "";
    const text = needsText ? payloadText(payload) : "";
    const spec = { ...same };
    spec.argv = fillWords(argv, message, text);
    spec.env = fillWords(env, message, text);
    spec.requestId = message.id;
    if (stdin) spec.stdin = payloadBytes(payload);
    if (needsFile) spec.files = { [PAYLOAD_DESCRIPTOR]: payloadBytes(payload) };
    return spec;
  };
}

type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

// A variable named by hand counts as its placeholder: such a command has its payload already.
function takesNothing(cmd: readonly string[]): boolean {
  return !cmd.some((word) => usesPlaceholder(parseTemplate(word)) || namedByHand(word).length > 0);
}
