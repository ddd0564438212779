import type { ErrorCode } from "../core/errors.ts";
import { type AnswerRefused, events } from "../core/events.ts";
import { type ProblemExtras, problem } from "../core/problem.ts";
import { type Reply, text } from "../core/reply.ts";
import type { Gateway, Outcome } from "../gateway/index.ts";
import { readPost, reportedFailure } from "../replies/posted.ts";
import { oversizedPost } from "../replies/socket.ts";
import type { Call, Excess } from "./call.ts";
import { HyperServer } from "./hyper.ts";
import { adoptionFailure } from "./listen-failure.ts";
import { createSocketFile, type SocketAccess, type SocketFile } from "./socket-file.ts";

export interface ReplySocketOptions {
  readonly gateway: Pick<Gateway, "answer" | "refuseAnswer">;
  /** Largest answer in bytes. */
  readonly answerLimit: number;
  /** Largest head of a post in bytes; 16 KiB when absent. */
  readonly headLimit?: number | undefined;
}

/** The back: takes the answers that processes post on a unix socket, at `/urhttp/{request id}` or `/{request id}`. */
export class ReplySocket {
  readonly #server: HyperServer;
  #file: SocketFile | undefined;

  constructor({ gateway, answerLimit, headLimit }: ReplySocketOptions) {
    this.#server = new HyperServer({
      bodyLimit: answerLimit,
      headLimit,
      identify: () => "",
      receiver: {
        receive: (call) => call.respond(take(call, gateway)),
        refuse: (call, excess) => call.respond(refuse(call, excess, gateway, this.#server)),
        left: () => {},
      },
    });
  }

  /** Creates the socket file with these permissions and starts to listen. */
  async listen(path: string, access: SocketAccess): Promise<void> {
    this.#file = await createSocketFile(path, access, (born) => this.#server.listenUnix(born));
  }

  /**
   * Takes over a listening unix socket that was inherited as descriptor `fd`; its file belongs to whoever made it and
   * stays. Throws `activation-refused`.
   */
  adopt(fd: number): void {
    const errno = this.#server.adopt(fd);
    if (errno !== undefined) throw adoptionFailure("back", fd, errno);
  }

  /** Changes the largest answer, for those that are posted from now on. */
  limitAnswer(bytes: number): void {
    this.#server.bodyLimit = bytes;
  }

  /** Removes the socket file at once. Connections that are open stay. */
  removeFile(): void {
    this.#file?.remove();
    this.#file = undefined;
  }

  /** Removes the socket file, waits until every poster has its reply, at most `patience` milliseconds, and closes. */
  close(patience = 0): Promise<void> {
    this.removeFile();
    return this.#server.close(patience);
  }
}

const OK = text(200, "ok");

function take(call: Call, gateway: ReplySocketOptions["gateway"]): Reply {
  const { id, isError } = target(call.path);
  if (call.verb !== "post") return wrongVerb(call.verb, id);
  if (isError) return told(id, gateway.refuseAnswer(id, reportedFailure(call.body)));
  const posted = readPost(call.headers, call.body);
  if ("fault" in posted) return refused("answer-malformed", posted.fault, id);
  return told(id, gateway.answer(id, posted.reply));
}

/** An answer over the limit ends its message all the same: its caller is told, and so is the poster. */
function refuse(call: Call, excess: Excess, gateway: Pick<Gateway, "refuseAnswer">, server: HyperServer): Reply {
  const { id } = target(call.path);
  if (excess === "head") return refuseHead(id, server.headLimit);
  if (call.verb !== "post") return wrongVerb(call.verb, id);
  const limit = server.bodyLimit;
  const outcome = gateway.refuseAnswer(id, oversizedPost(limit));
  if (outcome !== "ok") return refusal(id, outcome);
  return refused("answer-too-large", `expected an answer of at most ${limit} bytes, got more`, id, { limit });
}

/** Whoever can't be heard out has not answered: the message goes on. */
function refuseHead(id: string, limit: number): Reply {
  return refused("head-too-large", `expected a head of at most ${limit} bytes, got more`, id, { limit });
}

/** Whom a post is for, and whether its process fails on purpose. */
function target(path: string): { id: string; isError: boolean } {
  const rest = path.startsWith("/urhttp/") ? path.slice("/urhttp/".length) : path.slice(1);
  return rest.endsWith("/error")
    ? { id: rest.slice(0, -"/error".length), isError: true }
    : { id: rest, isError: false };
}

function told(id: string, outcome: Outcome): Reply {
  return outcome === "ok" ? OK : refusal(id, outcome);
}

function refusal(id: string, outcome: Exclude<Outcome, "ok">): Reply {
  // The caller has its own problem document; the poster learns what was wrong with its answer.
  if (typeof outcome === "object") return refused("answer-unprocessable", outcome.detail, id, outcome.extras);
  if (outcome === "unknown")
    return refused("request-unknown", "expected the id of a request that waits, got another", id);
  if (outcome === "answered")
    return refused("request-answered", "expected the first answer to this request, got one more", id);
  const detail = `expected a caller that waits, got one whose request ended: ${outcome}`;
  return refused("request-ended", detail, id, { reason: outcome });
}

function refused(code: ErrorCode, detail: string, id: string, extras?: ProblemExtras): Reply {
  if (events.refused.hasSubscribers) events.refused.publish({ requestId: id, code } satisfies AnswerRefused);
  return problem(code, detail, id, extras);
}

function wrongVerb(verb: string, id: string): Reply {
  const detail = `expected POST, got ${verb.toUpperCase()}`;
  return problem("method-not-allowed", detail, id, undefined, [["allow", "POST"]]);
}
