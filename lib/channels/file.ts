import type { Channel, ChannelOptions } from "./channel.ts";
import { compileChannel } from "./compile.ts";
import { variableName } from "./variables.ts";

/**
 * The channel `file`: the payload is a file in memory that nobody can change, bytes of any kind and number. Its name is
 * an argument, where `{{payloadfile}}` stands or behind all others, and the variable UROCKET_PAYLOADFILE.
 */
export function file(options: ChannelOptions): Channel {
  return compileChannel(options, {
    append: "payloadfile",
    variable: [variableName("payloadfile"), "payloadfile"],
  });
}
