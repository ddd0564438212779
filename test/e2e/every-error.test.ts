import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ERRORS, type ErrorCode } from "../../lib/core/errors.ts";
import { answer, type Curl, type CurlResult, curl, startCurl } from "../helpers/curl.ts";
import { SLEEP } from "../helpers/fixtures.ts";
import { type RunningGateway, startGateway } from "../helpers/gateway.ts";
import { until } from "../helpers/until.ts";

/** Describes one operation, whose request and answer are JSON with a number `n`. */
const DOCUMENT = `
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /checked:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/N"}}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/N"}}}}
components: {schemas: {N: {type: object, required: [n], properties: {n: {type: integer}}}}}
`;

const PATHS = `
  /hand: {post: {cmd: /bin/true, timeout: 20s}}
  /checked: {post: {cmd: /bin/true, validatein: true, validateout: true}}
  /argument: {post: {cmd: /bin/true}}
  /guarded: {post: {cmd: /bin/true, auth: {type: bearer, secretfile: token}}}
  /missing: {post: {cmd: /no/such/program}}
  /fails: {post: {cmd: /bin/false}}
  /silent: {post: {cmd: /bin/true, onexit: error}}
  /slow: {post: {cmd: ${SLEEP}, timeout: 50}}
  /nobody: {post: {cmd: /bin/true, replytimeout: 50}}
  /no-cgi: {post: {cmd: [/bin/echo, no head], reply: cgi}}
  /job: {post: {cmd: /bin/true, reply: accepted}}
  /one: {post: {cmd: ${SLEEP}, concurrency: 1, timeout: 1m}}`;

const JSON_TYPE = ["-H", "content-type: application/json"];

/** A gateway, and how many messages were stored on each of its routes that `waiting` was asked for. */
class World {
  readonly gateway: RunningGateway;
  readonly #stored = new Map<string, number>();
  #crowd: ReturnType<typeof crowd> | undefined;

  constructor(gateway: RunningGateway) {
    this.gateway = gateway;
  }

  post(path: string, ...args: string[]): Promise<CurlResult> {
    return curl("-X", "POST", `${this.gateway.url}${path}`, ...args);
  }

  /** A caller that waits, and its request id. */
  async waiting(path: string, ...args: string[]): Promise<{ caller: Curl; id: string }> {
    const n = this.#stored.get(path) ?? 0;
    this.#stored.set(path, n + 1);
    const caller = startCurl("-X", "POST", `${this.gateway.url}${path}`, ...args);
    return { caller, id: await this.gateway.log.stored(path, n) };
  }

  answer(id: string, ...args: string[]): Promise<CurlResult> {
    return answer(this.gateway.socket, `/urhttp/${id}`, ...args);
  }

  /** Made once, for two errors. */
  crowd(): ReturnType<typeof crowd> {
    this.#crowd ??= crowd(this);
    return this.#crowd;
  }

  file(name: string, content: string | Buffer): string {
    writeFileSync(join(this.gateway.directory, name), content);
    return `@${join(this.gateway.directory, name)}`;
  }
}

/** What provokes each error, at one of the two sockets of a gateway. */
const PROVOKED: Partial<Record<ErrorCode, (world: World) => Promise<CurlResult>>> = {
  "route-not-found": (world) => world.post("/nowhere"),
  "method-not-allowed": ({ gateway }) => curl(`${gateway.url}/hand`),
  unauthorized: (world) => world.post("/guarded"),
  "head-too-large": (world) => world.post("/hand", "-H", `x: ${"y".repeat(5000)}`),
  "body-too-large": (world) => world.post("/hand", "--data-binary", world.file("large", Buffer.alloc(300_001))),
  "payload-not-representable": (world) => world.post("/argument", "--data-binary", world.file("nul", "a\0b")),
  "payload-too-large": (world) => world.post("/argument", "--data-binary", world.file("long", "x".repeat(200_000))),
  "request-invalid": (world) => world.post("/checked", ...JSON_TYPE, "-d", '{"n":"one"}'),
  "media-type-unsupported": (world) => world.post("/checked", "-H", "content-type: text/plain", "-d", "n"),
  "spawn-failed": (world) => world.post("/missing"),
  "process-failed": (world) => world.post("/fails"),
  "process-unanswered": (world) => world.post("/silent"),
  "process-timeout": (world) => world.post("/slow"),
  "reply-timeout": (world) => world.post("/nobody"),
  "cgi-response-invalid": (world) => world.post("/no-cgi"),
  "result-unknown": ({ gateway }) => curl(`${gateway.url}/urocket/results/none`),
  "request-unknown": (world) => world.answer("none", "-d", "x"),
  "request-answered": async (world) => {
    const { caller, id } = await world.waiting("/hand");
    await world.answer(id, "-d", "first");
    await caller.done;
    return world.answer(id, "-d", "second");
  },
  "request-ended": async (world) => {
    const { headers } = await world.post("/fails");
    return world.answer(String(headers["urocket-request-id"]), "-d", "late");
  },
  "process-reported-error": async (world) => {
    const { caller, id } = await world.waiting("/hand");
    await world.answer(`${id}/error`, "-d", "no pets today");
    return caller.done;
  },
  "answer-malformed": async (world) => {
    const { caller, id } = await world.waiting("/hand");
    const refused = await world.answer(id, "-H", "urocket-status: 99", "-d", "x");
    await world.answer(id, "-d", "x");
    assert.equal((await caller.done).status, 200);
    return refused;
  },
  "answer-too-large": async (world) => (await tooLarge(world)).poster,
  "answer-refused": async (world) => (await tooLarge(world)).caller,
  "answer-unprocessable": async (world) => (await notPromised(world)).poster,
  "answer-invalid": async (world) => (await notPromised(world)).caller,
  "queue-full": async (world) => (await world.crowd()).turnedAway,
  "queue-timeout": async (world) => (await world.crowd()).impatient,
};

async function tooLarge(world: World) {
  const { caller, id } = await world.waiting("/hand");
  const poster = await world.answer(id, "--data-binary", world.file("answer", Buffer.alloc(1001)));
  return { poster, caller: await caller.done };
}

async function notPromised(world: World) {
  const { caller, id } = await world.waiting("/checked", ...JSON_TYPE, "-d", '{"n":1}');
  const poster = await world.answer(id, ...JSON_TYPE, "-d", '{"m":1}');
  assert.deepEqual(JSON.parse(poster.text).faults, JSON.parse((await caller.done).text).faults);
  return { poster, caller: await caller.done };
}

/** One runs; of two that come then, one waits in vain and the other finds no room, unless they come one after the other. */
async function crowd(world: World) {
  const running = await world.waiting("/one");
  const found = await until("one that waits and one that finds no room", async () => {
    const both = await Promise.all([world.post("/one"), world.post("/one")]);
    const [turnedAway, impatient] = ["queue-full", "queue-timeout"].map((code) =>
      both.find(({ text }) => JSON.parse(text).code === code),
    );
    return turnedAway && impatient && { turnedAway, impatient };
  });
  running.caller.child.kill();
  return found;
}

/** Where those errors are provoked that a gateway at work and with room to spare does not give, or not at these sockets. */
const ELSEWHERE: Partial<Record<ErrorCode, string>> = {
  "spawn-unavailable": "e2e/scarcity.test.ts",
  "shutting-down": "e2e/shutdown.test.ts",
  "internal-error": "stages/http-faults.test.ts",
  "bad-request": "library/create.test.ts",
  "admin-host-refused": "admin/guard.test.ts",
  "admin-origin-refused": "admin/guard.test.ts",
  "admin-token-refused": "admin/guard.test.ts",
  "admin-request-unknown": "admin/status.test.ts",
  "admin-busy": "admin/status.test.ts",
  "admin-unavailable": "cli/top.test.ts",
  "server-unavailable": "stages/server-unavailable.test.ts",
  "socket-in-use": "stages/socket-file.test.ts",
  "socket-path-taken": "stages/socket-file.test.ts",
  "listen-failed": "stages/http-close.test.ts",
  "activation-refused": "cli/activation.test.ts",
  "config-invalid": "library/options.test.ts",
  "openapi-invalid": "openapi/load.test.ts",
  "spawn-spec-invalid": "process/spec.test.ts",
  "supervisor-closed": "process/close.test.ts",
  "supervisor-unavailable": "process/scarcity.test.ts",
  "addon-unavailable": "process/addon.test.ts",
};

test("every error of the catalogue is provoked here or elsewhere", () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    if (PROVOKED[code] !== undefined) continue;
    const file = ELSEWHERE[code];
    assert.ok(file !== undefined, `expected a test that provokes ${code}`);
    assert.match(readFileSync(join(import.meta.dirname, "..", file), "utf8"), new RegExp(`\\b${code}\\b`), file);
  }
});

test("who is told of an error gets its status and its problem document", async (t) => {
  const gateway = await startGateway(t, PATHS, {
    top: "openapi: api.yaml\nlimits: {body: 300000, headers: 4000, reply: 1000, queue: 1, queuetimeout: 300}",
    files: { "api.yaml": DOCUMENT, token: "s3cret" },
  });
  const world = new World(gateway);
  for (const [code, provoke] of Object.entries(PROVOKED)) {
    await t.test(code, async () => {
      const { status, headers, text } = await provoke(world);
      const { status: expected, title } = ERRORS[code as ErrorCode];
      const document = JSON.parse(text);
      assert.equal(headers["content-type"], "application/problem+json");
      assert.deepEqual(
        [status, document.status, document.code, document.title, document.type],
        [expected, expected, code, title, `urn:urocket:error:${code}`],
      );
      assert.ok(document.detail.length > 0);
    });
  }
});
