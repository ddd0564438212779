import { mkdtemp, rm } from "node:fs/promises";
import { type ClientRequest, type IncomingHttpHeaders, type RequestOptions, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { events, type MessageEnded, type ProcessExited } from "../../lib/core/events.ts";
import { Gateway, type GatewayLimits, type Route } from "../../lib/gateway/index.ts";
import type { ExitRecord, ProcessStarter, SpawnSpec } from "../../lib/process/index.ts";
import { HttpStage, ReplySocket } from "../../lib/stages/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";
import type { ReplySubject } from "./reply-subjects.ts";

/** What somebody was told over HTTP. */
export interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A caller on its way. */
export interface Asking {
  readonly told: Promise<Told>;
  hangUp(): void;
}

/** Bytes that an answer may have, posted or printed. */
export const ANSWER_LIMIT = 20_000;

/** Words for scripts: `post [curl options]` answers, `fail TEXT` reports an error, `is FILE` waits for a file. */
const WORDS = `
post() { curl -sS -o /dev/null --unix-socket "$S" "$@" "http://x/urhttp/$REQUEST_ID"; }
fail() { curl -sS -o /dev/null --unix-socket "$S" --data-raw "$1" "http://x/urhttp/$REQUEST_ID/error"; }
is() { while [ ! -e "$1" ]; do sleep 0.01; done; }
`;

/** A whole gateway in this program, with real processes: the script of each is the body of its request. */
export async function openGateway(
  t: TestContext,
  subject: ReplySubject,
  facts: Partial<Route> & { readonly spec?: Partial<SpawnSpec>; readonly limits?: GatewayLimits } = {},
) {
  const directory = await mkdtemp(join(tmpdir(), "urocket-"));
  const socketPath = join(directory, "u.sock");
  const { spec, limits, ...rest } = facts;
  const ids = new Set<string>();
  const route: Route = {
    path: "/run",
    verb: "post",
    channel: ({ id, body }) => {
      ids.add(id);
      const env = [`PATH=${process.env.PATH}`, `REQUEST_ID=${id}`, `S=${socketPath}`];
      const argv = ["/bin/sh", "-c", `${WORDS}${body}`];
      return { argv, env, cwd: directory, timeout: 60_000, ...subject.process, ...spec };
    },
    replyTimeout: 60_000,
    reply: subject.rule(),
    accepted: subject.accepted,
    onAbort: "kill",
    logStdout: false,
    ...rest,
  };
  // Only when the rest is open is the supervisor made, so that what it leaves behind is looked for once the rest is closed.
  let starter: ProcessStarter | undefined;
  const late: ProcessStarter = { start: (spec, observer) => (starter as ProcessStarter).start(spec, observer) };
  const routes = [route, { ...route, path: "/get", verb: "get" as const }];
  const gateway = new Gateway({ routes, starter: late, limits });
  const front = new HttpStage({ gateway, bodyLimit: 100_000 });
  const back = new ReplySocket({ gateway, answerLimit: ANSWER_LIMIT });
  const port = await front.listen("127.0.0.1", 0);
  await back.listen(socketPath, { mode: 0o600 });
  const ended: MessageEnded<ExitRecord>[] = [];
  const exited: ProcessExited<ExitRecord>[] = [];
  const onEnded = (event: unknown) => {
    const one = event as MessageEnded<ExitRecord>;
    // Fetching a result is a message, too, but none of these.
    if (one.how !== "result") ended.push(one);
  };
  const onExited = (event: unknown) => exited.push(event as ProcessExited<ExitRecord>);
  events.ended.subscribe(onEnded);
  events.exited.subscribe(onExited);
  cleanUp(t, async () => {
    await gateway.close();
    await front.close();
    await back.close();
    events.ended.unsubscribe(onEnded);
    events.exited.unsubscribe(onExited);
    await rm(directory, { recursive: true });
  });
  starter = supervise(t);

  const start = (options: RequestOptions, body = ""): Asking => send({ host: "127.0.0.1", port, ...options }, body);
  const fetchResult = (location: string): Promise<Told> => start({ path: location }).told;
  const result = (location: string): Promise<Told> =>
    until(`the result ${location}`, async () => {
      const told = await fetchResult(location);
      return told.headers["retry-after"] === "1" && told.status === 202 ? undefined : told;
    });
  /** Asks for what `script` answers, and fetches it where the reply is only accepted. */
  const ask = async (script: string, options: RequestOptions = {}): Promise<Told> => {
    const told = await start({ path: "/run", method: "POST", ...options }, script).told;
    return told.status === 202 && told.headers.location !== undefined ? result(told.headers.location) : told;
  };
  const post = (id: string, body: string, headers: Record<string, string> = {}, behind = ""): Promise<Told> =>
    send({ socketPath, path: `/urhttp/${id}${behind}`, method: "POST", headers }, body).told;
  /** Waits for the id of the message that came last. */
  const lastId = (): Promise<string> => until("a message", () => [...ids].at(-1));
  return { gateway, directory, socketPath, ended, exited, start, fetchResult, result, ask, post, lastId };
}

function send(options: RequestOptions, body: string): Asking {
  let sent: ClientRequest | undefined;
  const told = new Promise<Told>((resolve, reject) => {
    sent = request({ agent: false, ...options }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    sent.on("error", reject);
    sent.end(body);
  });
  return { told, hangUp: () => void sent?.destroy() };
}
