import { parseTemplate } from "../core/template.ts";
import type { Channel, ChannelOptions } from "./channel.ts";
import { compileCommand } from "./command.ts";
import { environment } from "./environment.ts";
import { payloadText } from "./payload.ts";
import { namedByHand } from "./variables.ts";
import { compileWords, fillWords, usesPlaceholder } from "./words.ts";

/**
 * The channel `cmdline`: the payload is one argument of the command, where `{{jsonpayload}}` stands or, in a command
 * without any placeholder, behind all others. Throws UrocketError `config-invalid` when the command can't be made safe.
 */
export function cmdline(options: ChannelOptions): Channel {
  const command = compileCommand(takesNothing(options.cmd) ? [...options.cmd, "{{jsonpayload}}"] : options.cmd);
  const templates = environment(options, command.variables);
  const argv = compileWords(command.argv);
  const env = compileWords(templates);
  const needsPayload = [...command.argv, ...templates].some((parts) => usesPlaceholder(parts, "jsonpayload"));
  const { wd: cwd, stdout, stderr, timeout, grace, linger } = options;
  return (message) => {
    const payload = needsPayload ? payloadText(message) : "";
    return {
      argv: fillWords(argv, message, payload),
      env: fillWords(env, message, payload),
      cwd,
      stdin: undefined,
      stdout,
      stderr,
      timeout,
      grace,
      killSignal: undefined,
      linger,
      requestId: message.id,
    };
  };
}

// A variable named by hand counts as its placeholder: such a command has its payload already.
function takesNothing(cmd: readonly string[]): boolean {
  return !cmd.some((word) => usesPlaceholder(parseTemplate(word)) || namedByHand(word).length > 0);
}
