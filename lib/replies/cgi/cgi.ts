import { failureOfExit } from "../exit.ts";
import type { Failure } from "../failure.ts";
import { failed, type ReplyRule, type Verdict } from "../rule.ts";
import { tooMuchOutput } from "../stdout.ts";
import { parseCgiResponse } from "./parse.ts";

/**
 * The reply `cgi`: the response is parsed from standard output (RFC 3875, 6). As with other servers the exit code says
 * nothing once a whole response is there; a program that printed nothing and failed is a failure like any other.
 */
export function cgiReply(): ReplyRule {
  return (record) => {
    const exited = record.how === "exit" && record.stdout.bytes > 0;
    return failed((exited ? undefined : failureOfExit(record)) ?? tooMuchOutput(record), () =>
      verdict(parseCgiResponse(record.stdout.data)),
    );
  };
}

function verdict(response: ReturnType<typeof parseCgiResponse>): Verdict {
  if (typeof response !== "string") return { kind: "reply", reply: response };
  const failure: Failure = { code: "cgi-response-invalid", detail: response };
  return { kind: "failure", failure };
}
