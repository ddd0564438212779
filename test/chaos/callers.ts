import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, Line } from "./line.ts";
import type { World } from "./world.ts";

/** What processes do, and the statuses that their callers may get for it, beside {@link ANYTIME}. */
const MODES: Readonly<Record<string, readonly number[]>> = {
  answer: [200],
  double: [200],
  late: [200],
  wrong: [200],
  garbage: [200],
  half: [200],
  flood: [200],
  offspring: [200],
  lengths: [200],
  oversized: [502],
  exit: [502],
  signal: [502],
  error: [502],
  silent: [504],
  hang: [504],
};

/**
 * Any process may be killed under its caller (502), or not come to its end in time (504); the line may be full or the gateway
 * about to stop (503).
 */
const ANYTIME = [502, 503, 504];

/**
 * Time in line, deadline and reply timeout of the routes together, and some for a busy machine, in milliseconds. Without it
 * whoever is forgotten would pass for one whose connection the stop has closed.
 */
const LONGEST_WAIT = 10_000;

const NAMES = Object.keys(MODES) as [string, ...string[]];

/** Asks again and again, on one connection as long as it lasts: every request must get the one answer that is its own. */
export async function askOn(world: World): Promise<void> {
  const { counts, random, front } = world;
  let line = new Line(front);
  while (!world.over) {
    if (line.closed) line = new Line(front);
    const mode = random.pick(NAMES);
    const nonce = randomUUID();
    const stopping = world.stopping;
    const asked = performance.now();
    const answer = await line.ask(request(mode, nonce));
    const waited = performance.now() - asked;
    if (waited > LONGEST_WAIT) counts.fault(`${mode} ${nonce} waited ${Math.round(waited)} ms`);
    if (answer !== undefined) check(world, mode, nonce, answer);
    else if (stopping || world.stopping) counts.add("asked: closed by the stop");
    else counts.fault(`no answer for ${mode} ${nonce}`);
    if (line.surplus) counts.fault(`more than one answer after ${mode} ${nonce}`);
    if (answer === undefined && world.stopping) return;
  }
  line.hangUp();
}

/** Hangs up at some point between the first byte of its request and the answer. */
export async function vanishOn(world: World): Promise<void> {
  const { counts, random, front } = world;
  while (!world.over) {
    const line = new Line(front);
    const bytes = request(random.pick(NAMES), randomUUID());
    void line.ask(bytes.slice(0, random.below(2) === 0 ? bytes.length : random.below(bytes.length)));
    await delay(random.below(80));
    line.hangUp();
    counts.add("vanished");
  }
}

function request(mode: string, nonce: string): string {
  return `POST /m?mode=${mode}&nonce=${nonce} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}`;
}

function check({ counts }: World, mode: string, nonce: string, { status, body }: Answer): void {
  const known = MODES[mode]?.includes(status) === true;
  if (!known && !ANYTIME.includes(status)) counts.fault(`${status} for ${mode} ${nonce}: ${body.slice(0, 200)}`);
  else if (status === 200 && body !== nonce) counts.fault(`the answer of another for ${mode} ${nonce}: ${body}`);
  else counts.add(`asked: ${mode} ${status}`);
}
