import type { SpawnSpec } from "../../lib/process/types.ts";
import type { ReplyRule } from "../../lib/replies/index.ts";
import { cgiReply, reportReply, socketReply, stdoutReply } from "../../lib/replies/index.ts";
import { ANSWER_LIMIT } from "./reply-gateway.ts";

/** What the contract suite must know of a reply to hold it to the same promises as the others. */
export interface ReplySubject {
  readonly name: string;
  readonly rule: () => ReplyRule;
  readonly accepted: boolean;
  /** What of a process depends on its reply. */
  readonly process: Partial<SpawnSpec>;
  /** A script that answers "hello" in the way of this reply. */
  readonly hello: string;
  /** What its caller gets: content type, and the body or, where it is a report, nothing. */
  readonly says: { readonly type: string; readonly body?: string };
  /** What becomes of a process that ends with 0 and has done nothing: an error code, a report, an answer, or no end. */
  readonly silent: string;
  /** Whether a process that fails is answered for with a report. */
  readonly reports: boolean;
  /** Whether what is printed is the answer. */
  readonly prints: boolean;
}

const TEXT = { type: "text/plain", body: "hello" };
const REPORT = { type: "application/json" };
const POSTS = "post -H 'content-type: text/plain' -d hello";
const NO_OUTPUT = { stdout: "null" } as const;
const PRINTED = { stdout: { capture: ANSWER_LIMIT } } as const;
const PLAIN = { accepted: false, reports: false, prints: false };

/** All replies. */
export const REPLIES: readonly ReplySubject[] = [
  {
    ...PLAIN,
    name: "socket, onexit wait",
    rule: () => socketReply("wait"),
    process: { ...NO_OUTPUT, linger: 60_000 },
    hello: POSTS,
    says: TEXT,
    silent: "no end",
  },
  {
    ...PLAIN,
    name: "socket, onexit error",
    rule: () => socketReply("error"),
    process: NO_OUTPUT,
    hello: POSTS,
    says: TEXT,
    silent: "process-unanswered",
  },
  {
    ...PLAIN,
    name: "socket, onexit report",
    rule: () => socketReply("report"),
    process: {},
    hello: POSTS,
    says: TEXT,
    silent: "report",
    reports: true,
  },
  {
    ...PLAIN,
    name: "stdout",
    rule: () => stdoutReply("text/plain"),
    process: PRINTED,
    hello: "printf hello",
    says: TEXT,
    silent: "answer",
    prints: true,
  },
  {
    ...PLAIN,
    name: "cgi",
    rule: () => cgiReply(),
    process: PRINTED,
    hello: "printf 'Content-Type: text/plain\\r\\n\\r\\nhello'",
    says: TEXT,
    silent: "cgi-response-invalid",
    prints: true,
  },
  {
    ...PLAIN,
    name: "report",
    rule: () => reportReply(),
    process: {},
    hello: "echo hello",
    says: REPORT,
    silent: "report",
    reports: true,
  },
  {
    ...PLAIN,
    name: "accepted",
    rule: () => reportReply(),
    accepted: true,
    process: {},
    hello: "echo hello",
    says: REPORT,
    silent: "report",
    reports: true,
  },
];
