import assert from "node:assert/strict";
import { test } from "node:test";
import { configSchema } from "../../lib/config/index.ts";
import { configurationOf } from "../../lib/library/configuration.ts";
import { createGateway, type LibraryOptions, type RouteSettings } from "../../lib/library/index.ts";

const A = { path: "/a", verb: "get", cmd: ["/bin/true"] } as const;

/** What a program in JavaScript may hand over. */
async function messageOf(options: object): Promise<string> {
  const error = await createGateway(options as LibraryOptions).then(
    (gateway) => gateway.close().then(() => new Error("expected a mistake, got none")),
    (cause: Error) => cause,
  );
  assert.equal((error as { code?: string }).code, "config-invalid", error.message);
  return error.message;
}

test("every mistake is told in the words of the configuration, with its route", async () => {
  const message = await messageOf({
    routes: [A, { ...A, verb: "post", timeout: -1 }, { ...A, path: "/b", cmd: ["/bin/{{nothing}}"], chanel: "stdin" }],
  });
  const lines = message.split("\n");
  assert.equal(lines.length, 3, message);
  assert.match(lines[0] ?? "", /^expected `timeout` to be a duration.*, got -1 \(routes\[1\]\)$/);
  assert.match(message, /expected a key of a route, got `chanel`; did you mean `channel`\? \(routes\[2\]\)/);
  assert.match(message, /\{\{nothing\}\}.* \(routes\[2\]\)/);
});

test("mistakes that are found later are told likewise", async () => {
  const eval_ = { ...A, path: "/b", cmd: ["/bin/sh", "-c", "eval {{jsonpayload}}"] };
  assert.match(await messageOf({ routes: [A, eval_] }), /eval.* \(routes\[1\]\)$/);
  const secret = { ...A, auth: { type: "bearer", secretEnv: "UROCKET_TEST_UNSET" } };
  assert.match(await messageOf({ routes: [secret] }), /UROCKET_TEST_UNSET.* \(routes\[0\]\)$/);
});

test("two routes of one message type are a mistake, however they are spelled", async () => {
  assert.match(await messageOf({ routes: [A, A] }), /\(first in routes\[0\]\) \(routes\[1\]\)$/);
  const [x, y] = [
    { ...A, path: "/p/{x}" },
    { ...A, path: "/p/{y}" },
  ];
  assert.match(await messageOf({ routes: [x, y] }), /first in routes\[0\].* \(routes\[1\]\)$/);
});

test("nothing is taken and ignored", async () => {
  assert.match(
    await messageOf({ routes: [A], port: 80 }),
    /expected an option of createGateway, got `port`; known are/,
  );
  assert.match(await messageOf({ routes: [A], limits: { headers: 1 } }), /expected a key of `limits`, got `headers`/);
  assert.match(await messageOf({ routes: [{ ...A, timeout: () => 5 }] }), /`timeout` to be plain data, got a function/);
  assert.match(await messageOf({ routes: [{ ...A, timeout: Number.NaN }] }), /`timeout` to be plain data, got NaN/);
  assert.match(await messageOf({ routes: [] }), /expected `routes` to be a list of routes, got none/);
  assert.match(await messageOf({ routes: [{ ...A, path: undefined }] }), /expected `path` to be text, got undefined/);
  assert.match(
    await messageOf({ routes: [{ ...A, verb: "fetch" }] }),
    /expected a verb, got `fetch`.* \(routes\[0\]\)/,
  );
  assert.match(
    await messageOf({ routes: [A], defaults: { nise: 1 } }),
    /got `nise`; did you mean `nice`\? \(defaults\)/,
  );
});

test("text that would be YAML of another meaning stays the text it is", () => {
  const odd = [
    "*alias",
    "&anchor",
    "!tag",
    "<<",
    "null",
    "0777",
    "a: b",
    "# no",
    '"',
    "\u0000".slice(1),
    "\ud83d\ude80",
    "\u2028",
  ];
  const { config } = configurationOf({ routes: [{ ...A, cmd: ["/bin/echo", ...odd] }] });
  assert.deepEqual(config.routes[0]?.inject.cmd, ["/bin/echo", ...odd]);
});

test("every setting of a route in the configuration is one of the library, and the reverse", () => {
  const known = {
    cmd: 1,
    wd: 1,
    env: 1,
    channel: 1,
    encoding: 1,
    urlParamMode: 1,
    timeout: 1,
    grace: 1,
    killSignal: 1,
    user: 1,
    group: 1,
    umask: 1,
    nice: 1,
    rlimits: 1,
    cgroup: 1,
    noNewPrivs: 1,
    auth: 1,
    validateIn: 1,
    validateOut: 1,
    reply: 1,
    contentType: 1,
    onExit: 1,
    replyTimeout: 1,
    onAbort: 1,
    concurrency: 1,
    stats: 1,
    logStdout: 1,
    logLevel: 1,
  } satisfies Record<keyof RouteSettings, 1>;
  const names = Object.keys(configSchema.definitions?.route?.properties ?? {});
  // `inject` groups what may stand beside it as well, `outtake` is another word for `reply`.
  const own = names.filter((name) => name !== "inject" && name !== "outtake");
  assert.deepEqual(
    Object.keys(known)
      .map((name) => name.toLowerCase())
      .sort(),
    own.sort(),
  );
});
