export { HttpStage, type HttpStageOptions } from "./http.ts";
export { ReplySocket, type ReplySocketOptions } from "./reply-socket.ts";
