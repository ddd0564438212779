export type { CgiOptions, Channel, ChannelName, ChannelOptions, Encoding, ProcessOptions } from "./channel.ts";
export { createChannel } from "./create.ts";
