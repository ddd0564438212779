/** One row of the catalogue: everything that is known of an error before it happens. */
export interface ErrorEntry {
  /** HTTP status that a caller gets; 0 where the error never reaches one. */
  readonly status: number;
  /** Short summary of the kind of problem; the same for every occurrence (RFC 9457, 3.1.3). */
  readonly title: string;
  /** What the person who meets it can do. */
  readonly remedy: string;
}

/** The catalogue: every error urocket reports, by its code. People match on codes; docs/errors.md lists them. */
export const ERRORS = {
  "route-not-found": {
    status: 404,
    title: "No route for this path",
    remedy: "Check the path against `paths` in the configuration.",
  },
  "method-not-allowed": {
    status: 405,
    title: "The path has no such verb",
    remedy: "Use one of the verbs in the Allow header.",
  },
  unauthorized: {
    status: 401,
    title: "The caller has not proved who it is",
    remedy: "Send what the WWW-Authenticate header asks for, with the secret of the route.",
  },
  "head-too-large": {
    status: 431,
    title: "The head of the request is over the limit",
    remedy: "Send fewer or shorter header fields or a shorter path, or raise `limits.headers`.",
  },
  "body-too-large": {
    status: 413,
    title: "The request body is over the limit",
    remedy: "Send less, or raise `limits.body`.",
  },
  "payload-not-representable": {
    status: 400,
    title: "The payload can't travel this way",
    remedy: "An argument or variable is text without NUL bytes; send such data through another channel.",
  },
  "payload-too-large": {
    status: 413,
    title: "The payload is too large for an argument or a variable",
    remedy: "Linux bounds each to 128 KiB and all of them together; use the channel `stdin` or `file`.",
  },
  "spawn-failed": {
    status: 502,
    title: "The process could not be started",
    remedy: "`step` and `errno` say what failed: check `cmd`, `wd` and their permissions.",
  },
  "spawn-unavailable": {
    status: 503,
    title: "No resources to start a process now",
    remedy: "Retry later; raise the limit that `errno` points at.",
  },
  "process-failed": {
    status: 502,
    title: "The process failed without answering",
    remedy: "Look at its exit code or signal and its standard error in the log.",
  },
  "process-unanswered": {
    status: 502,
    title: "The process ended without answering",
    remedy: "Post the answer to the socket before the end, or set `onexit: wait`.",
  },
  "process-timeout": {
    status: 504,
    title: "The process ran into its timeout",
    remedy: "Make it faster or raise `timeout`.",
  },
  "reply-timeout": {
    status: 504,
    title: "No answer came in time",
    remedy: "The process ended well and nobody answered for it; raise `replytimeout` or answer sooner.",
  },
  "queue-full": {
    status: 503,
    title: "Too many requests wait already",
    remedy: "Retry after the time in Retry-After; raise `limits.queue` or `limits.processes`, or answer faster.",
  },
  "queue-timeout": {
    status: 503,
    title: "No process slot came free in time",
    remedy: "Retry after the time in Retry-After; raise `limits.processes`, `concurrency` or `limits.queuetimeout`.",
  },
  "shutting-down": {
    status: 503,
    title: "The gateway is shutting down",
    remedy: "Retry against another instance.",
  },
  "request-unknown": {
    status: 404,
    title: "No request waits under this id",
    remedy: "Post to /urhttp/$REQUEST_ID with the id the process was given.",
  },
  "request-answered": {
    status: 409,
    title: "This request has been answered already",
    remedy: "Answer each request once.",
  },
  "request-ended": {
    status: 410,
    title: "The caller no longer waits",
    remedy: "`reason` says how the request ended; answer sooner.",
  },
  "answer-too-large": {
    status: 413,
    title: "The answer is over the limit",
    remedy: "Answer with less, or raise `limits.reply`.",
  },
  "answer-malformed": {
    status: 400,
    title: "The posted answer can't be used",
    remedy: "`detail` says what was expected; the caller still waits, so post again.",
  },
  "answer-unprocessable": {
    status: 422,
    title: "The posted answer is not what the API promises",
    remedy: "`faults` names each fault: correct the program, or the OpenAPI document.",
  },
  "process-reported-error": {
    status: 502,
    title: "The process reported an error",
    remedy: "`detail` is what the process posted to /urhttp/$REQUEST_ID/error.",
  },
  "cgi-response-invalid": {
    status: 502,
    title: "The program printed no CGI response",
    remedy: "Print header fields, an empty line and the body (RFC 3875, 6); `detail` says what was expected.",
  },
  "result-unknown": {
    status: 404,
    title: "No result under this id",
    remedy: "Results are kept for a while only; fetch sooner.",
  },
  "answer-refused": {
    status: 502,
    title: "The answer of the process was refused",
    remedy: "`detail` says what was expected of it; correct the program or raise the limit.",
  },
  "bad-request": {
    status: 400,
    title: "The request can't be understood",
    remedy: "`detail` says what was expected.",
  },
  "request-invalid": {
    status: 400,
    title: "The request is not as the OpenAPI document says",
    remedy: "`faults` names each place, what was expected and what came.",
  },
  "media-type-unsupported": {
    status: 415,
    title: "The content type of the request is not accepted",
    remedy: "Send the body as one of the types that `faults` names.",
  },
  "answer-invalid": {
    status: 502,
    title: "The answer is not as the OpenAPI document says",
    remedy: "`faults` names each place; correct the program, or the document.",
  },
  "internal-error": {
    status: 500,
    title: "A fault in urocket itself",
    remedy: "Please report it with the request id and the log around it.",
  },
  "admin-host-refused": {
    status: 403,
    title: "The admin port is not reached by this name",
    remedy: "Use its address or `localhost`, or list the name under `names` of `admin`.",
  },
  "admin-origin-refused": {
    status: 403,
    title: "The admin port serves no other site",
    remedy: "Ask from a page of the admin port itself, or without a browser.",
  },
  "admin-token-refused": {
    status: 401,
    title: "The admin port asks for its token here",
    remedy:
      "Send `authorization: Bearer` with the token of `admin`; without one in the configuration, the log tells it.",
  },
  "admin-request-unknown": {
    status: 404,
    title: "The admin port knows nothing of this request",
    remedy: "Only a process that runs can be killed; requests are remembered until a thousand others have ended.",
  },
  "admin-busy": {
    status: 503,
    title: "Too many follow the status",
    remedy: "Close a status page, or ask for `/api/status` now and then.",
  },
  "admin-unavailable": {
    status: 0,
    title: "The admin port of a gateway can't be asked",
    remedy: "Check its address and its token; `admin` in the configuration opens it, and the log tells where it is.",
  },
  "socket-in-use": {
    status: 0,
    title: "Somebody answers on the socket path already",
    remedy: "Stop the other gateway or choose another `socketpath`.",
  },
  "socket-path-taken": {
    status: 0,
    title: "The socket path exists and is not a stale socket",
    remedy: "Remove the file or choose another `socketpath`.",
  },
  "listen-failed": {
    status: 0,
    title: "The address can't be listened on",
    remedy: "Choose another `host`, `port` or `socketpath`.",
  },
  "activation-refused": {
    status: 0,
    title: "The sockets that were handed over can't be used",
    remedy: "Hand over listening stream sockets, at most one named `front` and one named `back`.",
  },
  "config-invalid": {
    status: 0,
    title: "The configuration has mistakes",
    remedy: "Each line names the place, what was expected and what stands there.",
  },
  "openapi-invalid": {
    status: 0,
    title: "The OpenAPI document has mistakes",
    remedy: "Each line names the place, what was expected and what stands there.",
  },
  "spawn-spec-invalid": {
    status: 0,
    title: "A spawn specification has a mistake",
    remedy: "The message names the option, what was expected and what came.",
  },
  "supervisor-closed": {
    status: 0,
    title: "The supervisor is closed",
    remedy: "Create another; a closed one starts no process.",
  },
  "supervisor-unavailable": {
    status: 0,
    title: "The supervisor can't start",
    remedy:
      "The message names the errno: give the program more open files (EMFILE), processes (EAGAIN) or memory (ENOMEM).",
  },
  "server-unavailable": {
    status: 0,
    title: "The server library can't be loaded",
    remedy:
      "Use Node 20 with glibc 2.28 or newer, or Node 22 or 24 with glibc 2.38 or newer, on linux x64 or arm64. " +
      "`urocket/process`, `urocket/config` and `urocket/openapi` work without it.",
  },
  "addon-unavailable": {
    status: 0,
    title: "The native addon can't be loaded",
    remedy:
      "Use a supported platform: linux x64 or arm64 with glibc 2.28 or newer, or with musl. In the sources: `npm run compile`.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** Every error urocket throws: match on `code`; the original error, where there is one, is `cause`. */
export class UrocketError extends Error {
  override readonly name = "UrocketError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
