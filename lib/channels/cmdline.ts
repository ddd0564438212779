import type { Channel, ChannelOptions } from "./channel.ts";
import { compileChannel } from "./compile.ts";

/**
 * The channel `cmdline`: the payload is one argument of the command, where `{{jsonpayload}}` stands or, in a command
 * without any placeholder, behind all others.
 */
export function cmdline(options: ChannelOptions): Channel {
  return compileChannel(options, { append: "jsonpayload" });
}
