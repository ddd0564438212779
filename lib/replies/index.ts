export { cgiReply } from "./cgi/cgi.ts";
export { BY_OPERATOR } from "./exit.ts";
export { reportReply } from "./report.ts";
export type { ReplyRule, Verdict } from "./rule.ts";
export { type OnExit, socketReply } from "./socket.ts";
export { stdoutReply } from "./stdout.ts";
