import assert from "node:assert/strict";
import { test } from "node:test";
import { createReload, type ReloadOptions } from "../../lib/cli/reload.ts";
import { ConfigError, parseConfig, type ServiceConfig } from "../../lib/config/index.ts";
import { UrocketError } from "../../lib/core/errors.ts";
import { until } from "../helpers/until.ts";

function config(head = ""): ServiceConfig {
  return parseConfig(`${head}\npaths: {/a: {post: {cmd: /bin/true}}}`, "/etc/u.yaml");
}

/** A reload that notes what happens, in order. */
function watched(options: Partial<ReloadOptions>) {
  const seen: string[] = [];
  const log = (level: string) => (fields: object | string, message?: string) =>
    seen.push(`${level} ${message ?? fields}`);
  const logger = { info: log("info"), warn: log("warn"), error: log("error") } as unknown as ReloadOptions["logger"];
  const notifier = {
    reloading: () => seen.push("reloading"),
    ready: (status: string) => seen.push(`ready: ${status}`),
  };
  const apply = () => void seen.push("applied");
  return { seen, reload: createReload({ started: config(), load: config, apply, logger, notifier, ...options }) };
}

const IN_FORCE = "info the configuration was read again and is in force";
const REFUSED = "error the configuration was read again and refused: the old one stays in force";

test("a reload tells of its begin, applies what it read, and tells of its end", async () => {
  const { seen, reload } = watched({});
  await reload();
  assert.deepEqual(seen, ["reloading", "applied", IN_FORCE, "ready: configuration reloaded"]);
});

test("each mistake is a line, and the service is ready all the same", async () => {
  const mistake = (line: number) => ({ file: "u.yaml", position: { line, column: 1 }, message: "expected x, got y" });
  const load = () => {
    throw new ConfigError([mistake(1), mistake(7)]);
  };
  const { seen, reload } = watched({ load });
  await reload();
  const lines = ["error u.yaml:1:1: expected x, got y", "error u.yaml:7:1: expected x, got y", REFUSED];
  assert.deepEqual(seen, ["reloading", ...lines, "ready: configuration refused, the old one is in force"]);
});

test("whatever else goes wrong while it is applied is told, too, and harms nobody", async () => {
  for (const [error, line] of [
    [new UrocketError("config-invalid", "expected a secret, got none"), "expected a secret, got none"],
    [new TypeError("x is not a function"), "a fault in urocket itself: please report it"],
  ] as const) {
    const { seen, reload } = watched({ apply: () => Promise.reject(error) });
    await reload();
    assert.deepEqual(seen.slice(1, 3), [`error ${line}`, REFUSED]);
  }
});

test("asked again during a reload, however often, it reloads once more after it", async () => {
  let finish = () => {};
  let applied = 0;
  const apply = () => {
    applied++;
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  };
  const { seen, reload } = watched({ apply });
  const first = reload();
  for (let n = 0; n < 3; n++) reload();
  assert.equal(applied, 1);
  finish();
  await until("the second reload", () => applied === 2);
  finish();
  await first;
  assert.equal(applied, 2);
  assert.equal(seen.filter((line) => line === "reloading").length, 2);
  const later = reload();
  assert.equal(applied, 3);
  finish();
  await later;
});

test("settings that need a restart are named, and only those that changed", async () => {
  const head = 'host: "::1"\ntls: {cert: a, key: b}\nlimits: {headers: 1KiB, body: 1}\ngrace: 1\nlog: debug';
  const { seen, reload } = watched({ load: () => config(head) });
  await reload();
  const named = seen.flatMap((line) => /^warn expected `([^`]+)` as it was at the start/.exec(line)?.[1] ?? []);
  assert.deepEqual(named, ["host", "tls", "limits.headers", "log"]);
});
