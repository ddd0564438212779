import type { Channel, ChannelOptions } from "./channel.ts";
import { compileChannel } from "./compile.ts";

/** The channel `env`: the payload is the environment variable JSONPAYLOAD, text of at most 128 KiB. */
export function env(options: ChannelOptions): Channel {
  return compileChannel(options, { variable: ["JSONPAYLOAD", "jsonpayload"] });
}
