// Our gateway without processes: front, router, admission, channel, pending table and back as the command line wires
// them, with a starter that starts nothing. What it plays is what a process does: it answers in a later turn of the event
// loop, and then its exit record comes. Arguments: configuration; a program that posts the answers to the back, without
// which they are given to the gateway directly.
import { planService } from "../../../dist/compose/plan.js";
import { loadConfig } from "../../../dist/config/index.js";
import { Gateway } from "../../../dist/gateway/index.js";
import { HttpStage, ReplySocket } from "../../../dist/stages/index.js";
import { startPoster } from "../../tools/poster.mjs";

const [file, poster] = process.argv.slice(2);
const config = loadConfig(file);
const { host, port, socketPath, socketMode: mode, limits } = config;
const routes = await planService(file, config, console.warn);

const output = { data: Buffer.alloc(0), bytes: 0, truncated: false };
const memory = { maxrss: 4096, maxrssExact: true, minflt: 0, majflt: 0 };
const usage = { utime: 1, stime: 1, ...memory, inblock: 0, oublock: 0, nvcsw: 0, nivcsw: 0 };
const ended = { how: "exit", code: 0, signal: null, coreDumped: false, reason: null, step: null, errno: null };
const times = { startedAt: 0, monotonicStart: 0, queued: 0, spawn: 0, run: 0 };
const RECORD = { pid: 1, ...ended, usage, ...times, stdout: output, stderr: output };

const handle = { kill() {} };
let batch = [];
const posted = [];
let post;

const starter = {
  start({ argv, requestId }, observer) {
    const [role, payload] = argv;
    if (role === "look") setImmediate(look, requestId, observer);
    else if (role === "echo" && post) {
      posted.push(observer);
      post(requestId, payload);
    } else if (role === "echo") {
      if (batch.length === 0) setImmediate(answerBatch);
      batch.push({ requestId, payload, observer });
    }
    return handle;
  },
};

const gateway = new Gateway({ routes, starter, limits });
const front = new HttpStage({ gateway, bodyLimit: limits.body, headLimit: limits.headers });
const back = new ReplySocket({ gateway, answerLimit: limits.reply, headLimit: limits.headers });
await back.listen(socketPath, { mode, group: undefined });
if (poster) {
  post = startPoster(poster, socketPath, (count) => {
    for (const observer of posted.splice(0, count)) observer.onExit(RECORD);
  });
}
await front.listen(host, port);
// An end of its own, so that a profile of the runtime is written.
process.once("SIGTERM", () => process.exit(0));

/** All that is under way by now, as the supervisor hands its events over. */
function answerBatch() {
  const answered = batch;
  batch = [];
  for (const { requestId, payload, observer } of answered) answer(requestId, payload, observer);
}

/** How much memory there is when nothing is left to collect, and how many callers wait. */
function look(requestId, observer) {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  answer(requestId, JSON.stringify({ rss: process.memoryUsage.rss(), waiting: gateway.size - 1 }), observer);
}

function answer(requestId, body, observer) {
  gateway.answer(requestId, { status: 200, contentType: "application/json", headers: [], body });
  observer.onExit(RECORD);
}
