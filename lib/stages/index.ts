export { HttpStage, type HttpStageOptions } from "./http.ts";
export {
  type InProcessOptions,
  type InProcessRequest,
  type InProcessResponse,
  InProcessStage,
} from "./in-process.ts";
export { ReplySocket, type ReplySocketOptions } from "./reply-socket.ts";
