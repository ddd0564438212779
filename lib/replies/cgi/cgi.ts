import type { ExitRecord } from "../../process/types.ts";
import { failureOfExit } from "../exit.ts";
import type { Failure } from "../failure.ts";
import { failed, type ReplyRule, type Verdict } from "../rule.ts";
import { tooMuchOutput } from "../stdout.ts";
import { parseCgiResponse } from "./parse.ts";

/**
 * The reply `cgi`: the response is parsed from standard output (RFC 3875, 6). As with other servers the exit code says
 * nothing once a whole response is there; where there is none, a program that failed is a failure like any other.
 */
export function cgiReply(): ReplyRule {
  return (record) => {
    const exited = record.how === "exit" && record.stdout.bytes > 0;
    return failed((exited ? undefined : failureOfExit(record)) ?? tooMuchOutput(record), () => verdict(record));
  };
}

function verdict(record: ExitRecord): Verdict {
  const response = parseCgiResponse(record.stdout.data);
  if (typeof response !== "string") return { kind: "reply", reply: response };
  const invalid: Failure = { code: "cgi-response-invalid", detail: response };
  return { kind: "failure", failure: failureOfExit(record) ?? invalid };
}
