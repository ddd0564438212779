/** The gateway as a library: whole, as `createGateway()`, and in parts. */

export { ERRORS, type ErrorCode, UrocketError } from "../core/errors.ts";
export {
  type AnswerRefused,
  events,
  type Fault,
  type MessageAccepted,
  type MessageAdmitted,
  type MessageEnded,
  type MessageOnRoute,
  type MessageOver,
  type MessageStored,
  type ProcessExited,
  type ProcessStarted,
  type TraceCarrier,
} from "../core/events.ts";
export type { Headers as MessageHeaders, Message, Verb } from "../core/message.ts";
export type { Caller, Reply } from "../core/reply.ts";
export * from "../gateway/index.ts";
export type { InProcessRequest, InProcessResponse } from "../stages/in-process.ts";
export { createGateway, type LibraryGateway } from "./create.ts";
export type {
  AuthSettings,
  Duration,
  LibraryOptions,
  LimitOptions,
  RouteOptions,
  RouteSettings,
  Size,
} from "./options.ts";
