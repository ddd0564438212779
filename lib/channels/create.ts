import { cgi } from "./cgi/cgi.ts";
import type { Channel, ChannelName, ChannelOptions } from "./channel.ts";
import { cmdline } from "./cmdline.ts";
import { env } from "./env.ts";
import { file } from "./file.ts";
import { stdin } from "./stdin.ts";

/**
 * The channel of this name for one route. Throws UrocketError `config-invalid` when the command can't be made safe, a
 * placeholder is unknown, or the options don't go together.
 */
export function createChannel(name: ChannelName, options: ChannelOptions): Channel {
  return CHANNELS[name](options);
}

const CHANNELS: Readonly<Record<ChannelName, (options: ChannelOptions) => Channel>> = {
  cmdline,
  stdin,
  env,
  file,
  cgi,
};
