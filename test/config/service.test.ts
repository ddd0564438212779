import assert from "node:assert/strict";
import { test } from "node:test";
import { capacityOf } from "../../lib/config/capacity.ts";
import { readMachine } from "../../lib/config/machine.ts";
import { mistakesIn, parse, UNCONFINED } from "./parsing.ts";

const ROUTES = "paths: {/a: {post: {cmd: x}}}\n";

test("a file with one command gets every default", () => {
  assert.deepEqual(parse(ROUTES), {
    file: "/srv/app/urocket.yaml",
    serviceName: "urocket",
    host: "127.0.0.1",
    port: 8080,
    tls: undefined,
    socketPath: "/tmp/urocket.sock",
    socketMode: 0o600,
    socketGroup: undefined,
    openapi: undefined,
    cgroupParent: undefined,
    grace: 5000,
    limits: {
      ...capacityOf(readMachine()),
      queueTimeout: 10_000,
      body: 10 * 1024 ** 2,
      headers: 16 * 1024,
      reply: 10 * 1024 ** 2,
    },
    log: { level: "info", format: "auto" },
    admin: undefined,
    passEnv: [],
    envFiles: [],
    routes: [
      {
        path: "/a",
        verb: "post",
        position: { line: 1, column: 14 },
        inject: {
          wd: "/srv/app",
          env: [],
          cmd: ["x"],
          channel: "cmdline",
          encoding: "json",
          timeout: 1000,
          grace: 500,
          ...UNCONFINED,
        },
        validateIn: false,
        validateOut: false,
        reply: "socket",
        contentType: undefined,
        onExit: "wait",
        onAbort: "kill",
        replyTimeout: 40_000,
        concurrency: undefined,
        stats: false,
        logStdout: false,
        logLevel: undefined,
        urlParamMode: false,
        auth: undefined,
      },
    ],
    positions: {},
  });
});

test("every setting of the service is taken over", () => {
  const config = parse(
    `${ROUTES}servicename: pets\nhost: "::1"\nport: 0\nsocketpath: run/u.sock\nopenapi: ../oas.yaml\ngrace: 1m\n` +
      "limits: {processes: 7, queue: 0, queue-timeout: 2s, body: 64KiB, headers: 8KiB, reply: 100}\n" +
      "log: {level: trace, format: json}\ntls: {cert: tls/cert.pem, key: /etc/key.pem}\nsocketgroup: www-data\n" +
      "passenv: [HOME, LC_*]\nenvfile: [a.env, /etc/b.env]\ncgroupparent: /sys/fs/cgroup/a\n",
  );
  assert.equal(config.serviceName, "pets");
  assert.equal(config.host, "::1");
  assert.equal(config.port, 0);
  assert.equal(config.socketPath, "/srv/app/run/u.sock");
  assert.equal(config.openapi, "/srv/oas.yaml");
  assert.equal(config.grace, 60_000);
  assert.deepEqual(config.limits, {
    processes: 7,
    queue: 0,
    queueTimeout: 2000,
    body: 65_536,
    headers: 8192,
    reply: 100,
  });
  assert.deepEqual(config.log, { level: "trace", format: "json" });
  assert.deepEqual(config.tls, { cert: "/srv/app/tls/cert.pem", key: "/etc/key.pem" });
  assert.equal(config.socketGroup, "www-data");
  assert.equal(config.cgroupParent, "/sys/fs/cgroup/a");
  assert.deepEqual(config.passEnv, ["HOME", "LC_*"]);
  assert.deepEqual(config.envFiles, ["/srv/app/a.env", "/etc/b.env"]);
});

test("one of two limits leaves the other at its default", () => {
  const { limits } = parse(ROUTES);
  assert.deepEqual(parse(`${ROUTES}limits: {reply: 5}`).limits, { ...limits, reply: 5 });
});

test("log is a level or a map", () => {
  assert.deepEqual(parse(`${ROUTES}log: debug`).log, { level: "debug", format: "auto" });
  assert.deepEqual(parse(`${ROUTES}log: {format: pretty}`).log, { level: "info", format: "pretty" });
  assert.deepEqual(mistakesIn(`${ROUTES}log: loud`), [
    '2:6: expected `log` to be "silent", "error", "warn", "info", "debug" or "trace", got "loud"',
  ]);
  assert.deepEqual(mistakesIn(`${ROUTES}log: 3`), ["2:6: expected `log` to be a string or a map, got 3"]);
  assert.deepEqual(mistakesIn(`${ROUTES}log: {format: xml}`), [
    '2:15: expected `format` to be "auto", "pretty" or "json", got "xml"',
  ]);
});

for (const [text, port] of [
  ["8081", 8081],
  ['"8081"', 8081],
  ["0", 0],
  ["65535", 65_535],
] as const) {
  test(`port: ${text} is a port`, () => {
    assert.equal(parse(`${ROUTES}port: ${text}`).port, port);
  });
}

for (const [text, got] of [
  ["65536", "65536"],
  ["-1", "-1"],
  ["80.5", "80.5"],
  ["http", '"http"'],
  ['""', '""'],
  ["[80]", "a list"],
  ["", "nothing"],
] as const) {
  test(`port: ${text || "(empty)"} is no port`, () => {
    const column = text === "" ? 1 : 7;
    assert.deepEqual(mistakesIn(`${ROUTES}port: ${text}`), [
      `2:${column}: expected \`port\` to be a port from 0 to 65535, got ${got}`,
    ]);
  });
}

for (const text of ["384", "0o600", '"0600"', "0600", '"600"', '"0o600"']) {
  test(`socketmode: ${text} lets the owner only answer`, () => {
    assert.equal(parse(`${ROUTES}socketmode: ${text}`).socketMode, 0o600);
  });
}

for (const text of ["600", '"0888"', "-1", '"rw-------"', "0o1777", "true"]) {
  test(`socketmode: ${text} is refused`, () => {
    assert.match(
      mistakesIn(`${ROUTES}socketmode: ${text}`).join(),
      /^2:13: expected `socketmode` to be permission bits/,
    );
  });
}

test("a socket path longer than the kernel takes is refused with its length", () => {
  const longest = `/${"s".repeat(106)}`;
  assert.equal(parse(`${ROUTES}socketpath: ${longest}`).socketPath, longest);
  assert.deepEqual(mistakesIn(`${ROUTES}socketpath: ${longest}s`), [
    `2:13: expected \`socketpath\` to be at most 107 bytes, got ${longest}s`,
  ]);
});

for (const key of ["host", "servicename", "socketpath", "openapi"]) {
  test(`${key} is text that says something`, () => {
    for (const [text, got] of [
      ['""', '""'],
      ['" "', '" "'],
      ["3", "3"],
    ]) {
      assert.deepEqual(mistakesIn(`${ROUTES}${key}: ${text}`), [
        `2:${key.length + 3}: expected \`${key}\` to be a non-empty string, got ${got}`,
      ]);
    }
  });
}
