import type { Channel, ChannelOptions } from "./channel.ts";
import { checkInput } from "./command.ts";
import { compileChannel } from "./compile.ts";

/** The channel `stdin`: the process reads the payload from its standard input, bytes of any kind and number. */
export function stdin(options: ChannelOptions): Channel {
  checkInput(options.cmd);
  return compileChannel(options, { stdin: true });
}
