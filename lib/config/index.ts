export { type ErrorCode, UrocketError } from "../core/errors.ts";
export { editorSchema } from "./editor.ts";
export { ConfigError } from "./error.ts";
export { loadConfig } from "./load.ts";
export { parseConfig } from "./parse.ts";
export { configSchema } from "./schema.ts";
export type {
  AdminConfig,
  AuthConfig,
  CgroupConfig,
  ChannelName,
  Encoding,
  InjectConfig,
  Limits,
  LogConfig,
  Mistake,
  OutwardSetting,
  Position,
  ReplyName,
  RlimitConfig,
  RouteConfig,
  SecretSource,
  ServiceConfig,
  TlsConfig,
} from "./types.ts";
