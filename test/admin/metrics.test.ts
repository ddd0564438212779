import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Agent, request } from "node:http";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";
import { samplesOf } from "../helpers/samples.ts";
import { until } from "../helpers/until.ts";

const ROUTES = `
  /true:
    post: {cmd: /bin/true, reply: report, timeout: 1m}
  /false:
    post: {cmd: /bin/false, onexit: error, timeout: 1m}
  /later:
    post: {cmd: /bin/true, reply: accepted, timeout: 1m}
  /guarded:
    get: {cmd: /bin/true, auth: {type: bearer, secretenv: SECRET}}`;

/** What one round asks for: ten requests, of which three run a process. */
const ROUND = [
  ["POST", "/true"],
  ["POST", "/false"],
  ["POST", "/later"],
  ["GET", "/nowhere"],
  ["GET", "/nowhere/else"],
  ["DELETE", "/true"],
  ["OPTIONS", "/true"],
  ["GET", "/guarded"],
  ["POST", "/true", "x".repeat(200)],
  ["HEAD", "/nowhere"],
] as const;

const REQUESTS = 10_000;
const CONCURRENCY = 16;

test("after 10,000 requests the counters are exactly what the callers counted themselves", async (t) => {
  const { url, log } = await startGateway(t, ROUTES, {
    top: "admin: {port: 0}\nlimits: {body: 100B, queue: 1000, queuetimeout: 10m}",
    env: { SECRET: "secret" },
    log: "info",
  });
  const { admin } = await log.find({ admin: /^http/ });
  const metrics = `${new URL(String(admin)).origin}/metrics`;
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  cleanUp(t, () => agent.destroy());
  const counted = new Map<string, number>();
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < REQUESTS) {
      const n = next++;
      // A process for every tenth round is work enough for a small machine.
      const [method, path, body = ""] = ROUND[n % 10 < 3 && n % 100 >= 10 ? 3 + (n % 7) : n % 10] ?? ROUND[0];
      const status = await send(agent, method, `${url}${path}`, body);
      const key = `${method} ${status}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, caller));
  const { text } = await until("every process to have ended", async () => {
    const scraped = await curl(metrics);
    return samplesOf(scraped.text).get('urocket_processes_running{route="/later"}') === 0 && scraped;
  });
  const samples = samplesOf(text);
  assert.deepEqual(requestsIn(samples), new Map([...counted].sort()));
  assert.equal(sum(samples, "http_request_duration_seconds_count"), REQUESTS);
  assert.equal(sum(samples, "urocket_process_spawns_total"), 300);
  assert.equal(samples.get('urocket_process_exits_total{route="/false",how="exit"}'), 100);
  assert.equal(samples.get('http_requests_total{route="/later",method="POST",status="202"}'), 100);
  assert.equal(sum(samples, "urocket_log_lines_dropped_total"), 0);
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  assert.deepEqual([status, stdout, stderr], [0, "", ""]);
});

/** Resolves with the status. */
function send(agent: Agent, method: string, url: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-length": Buffer.byteLength(body) };
    const sent = request(url, { agent, method, headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    sent.once("error", reject).end(body);
  });
}

/** The requests of a scrape, whatever their route: method and status → how many. */
function requestsIn(samples: ReadonlyMap<string, number>): Map<string, number> {
  const counted = new Map<string, number>();
  for (const [name, value] of samples) {
    const [, method, status] = /^http_requests_total\{.*method="(.*)",status="(.*)"\}$/.exec(name) ?? [];
    if (method !== undefined) counted.set(`${method} ${status}`, (counted.get(`${method} ${status}`) ?? 0) + value);
  }
  return new Map([...counted].sort());
}

function sum(samples: ReadonlyMap<string, number>, metric: string): number {
  return [...samples].reduce((all, [name, value]) => (name.startsWith(metric) ? all + value : all), 0);
}
