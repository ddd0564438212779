import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, routeOf, UNCONFINED } from "./parsing.ts";

const FLAT = `
paths:
  /get/pets:
    post:
      validatein: false
      wd: /src/scripts/php
      cmd: /usr/bin/echo {{jsonpayload}}
      timeout: 1000
      channel: "cmdline"
      encoding: json
      logstdout: true
      validate-out: false
`;

const NESTED = `
paths:
  /get/pets:
    get:
      validatein: false
      inject:
        wd: /src/scripts/php
        env:
          - MYENV=CI
        cmd: /usr/bin/echo
        channel: "cmdline"
        encoding: json
      logstdout: true
      outtake: usocket://uri/{req_id}
      validate-out: false
`;

const WITHOUT_SLASH = `
paths:
  "get/pets":
    get:
      validate-in: false
      inject:
        wd: /path/to/wd
        env: [string=1]
        cmd: command_line {{jsonpayload}} otherparam
        channel: cmdline
        encoding: json
      logstdout: true
      outtake: usocket://one/the/uuuid-123123-ggess-2123123
      validate-out: false
`;

const STATS = `
paths:
  /get/pets:
    post:
      validatein: false
      wd: /src/scripts/php
      cmd: /usr/bin/echo {{jsonpayload}}
      timeout: 1000
      channel: "cmdline"
      encoding: json
      ## this would add http header urocket-stats: {time: 1.2, mem: 123123, ...}
      stats: true
      logstdout: true
      validate-out: false
`;

const ORIGINAL = `
servicename: pets
port: "8080"
socketpath: /tmp/urocket.sock
openapi: pets-oas.yaml
paths:
  "/get/pets":
    post:
      inject:
        cmd: !ToSplit "/usr/bin/echo {{jsonpayload}}"
        timeout: 300
        channel: "cmdline"
        encoding: json
      logstdout: true
      validateout: false
  "/get/cats":
    post:
      inject:
        cmd: !Splitted ["/bin/sh","-c", "echo {{jsonpayload}} $REQUEST_ID"]
        timeout: 300
        channel: "cmdline"
        encoding: json
      logstdout: true
      validateout: false
`;

test("the settings of inject may stand in the route itself", () => {
  const route = routeOf(FLAT);
  assert.equal(route.path, "/get/pets");
  assert.equal(route.verb, "post");
  assert.equal(route.logStdout, true);
  assert.deepEqual(route.inject, {
    wd: "/src/scripts/php",
    env: [],
    cmd: ["/usr/bin/echo", "{{jsonpayload}}"],
    channel: "cmdline",
    encoding: "json",
    timeout: 1000,
    grace: 500,
    ...UNCONFINED,
  });
});

test("inject, an environment and outtake are understood", () => {
  const route = routeOf(NESTED);
  assert.equal(route.verb, "get");
  assert.equal(route.reply, "socket");
  assert.equal(route.inject.wd, "/src/scripts/php");
  assert.deepEqual(route.inject.env, ["MYENV=CI"]);
  assert.deepEqual(route.inject.cmd, ["/usr/bin/echo"]);
});

test("a path without its leading slash gets it", () => {
  const route = routeOf(WITHOUT_SLASH);
  assert.equal(route.path, "/get/pets");
  assert.deepEqual(route.inject.cmd, ["command_line", "{{jsonpayload}}", "otherparam"]);
});

test("statistics are understood", () => {
  const route = routeOf(STATS);
  assert.equal(route.stats, true);
  assert.equal(route.logStdout, true);
  assert.equal(route.validateIn, false);
});

test("the original project's example with its tags is understood", () => {
  const config = parse(ORIGINAL);
  assert.equal(config.serviceName, "pets");
  assert.equal(config.port, 8080);
  assert.equal(config.socketPath, "/tmp/urocket.sock");
  assert.equal(config.openapi, "/srv/app/pets-oas.yaml");
  assert.deepEqual(
    config.routes.map(({ path, verb, inject }) => [verb, path, inject.timeout, inject.cmd]),
    [
      ["post", "/get/pets", 300, ["/usr/bin/echo", "{{jsonpayload}}"]],
      ["post", "/get/cats", 300, ["/bin/sh", "-c", "echo {{jsonpayload}} $REQUEST_ID"]],
    ],
  );
  assert.ok(config.routes.every((route) => route.logStdout));
});

test("the tags work on a flat route too", () => {
  const flat = ORIGINAL.replaceAll(/ {6}inject:\n/g, "").replaceAll(/^ {8}/gm, "      ");
  assert.deepEqual(
    parse(flat).routes.map((route) => route.inject),
    parse(ORIGINAL).routes.map((route) => route.inject),
  );
});
