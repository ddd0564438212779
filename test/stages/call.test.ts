import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "../../lib/core/reply.ts";
import { Call, type CallHost, type Receiver } from "../../lib/stages/call.ts";
import type { RawResponse } from "../../lib/stages/raw-response.ts";

/** A response that notes what is done to it. */
class FakeRaw implements RawResponse {
  readonly done: string[] = [];
  left: () => void = () => {};

  cork(write: () => void): void {
    this.done.push("cork");
    write();
  }
  writeStatus(status: string): void {
    this.done.push(status);
  }
  end(body: string | Uint8Array): void {
    this.done.push(`end ${body}`);
  }
  onAborted(left: () => void): void {
    this.left = left;
  }
  writeHeader(): void {}
  close(): void {}

  endWithoutBody(): void {}
  tryEnd(): [boolean, boolean] {
    return [true, true];
  }
  getWriteOffset(): number {
    return 0;
  }
  getRemoteAddressAsText(): ArrayBuffer {
    return new ArrayBuffer(0);
  }
  onWritable(): void {}
  onData(): void {}
}

/** A server with one open call. */
class FakeHost implements CallHost {
  readonly receiver: Receiver;
  readonly bodyLimit = 0;
  readonly draining = false;
  open = 1;

  constructor(receive: (call: Call) => void) {
    this.receiver = { receive, refuse: () => {}, left: () => {} };
  }

  finished(): void {
    this.open--;
  }
}

function open(receive: (call: Call) => void) {
  const raw = new FakeRaw();
  const host = new FakeHost(receive);
  const call = new Call({ id: "1", path: "/", verb: "get", query: "", headers: {} }, raw, host);
  return { call, raw, host };
}

const WRITTEN = ["cork", "202 Accepted", "end x"];

test("a reply to the call at hand is written at once, in one cork", () => {
  const { call, raw, host } = open((call) => call.respond(text(202, "x")));
  call.begin();
  assert.deepEqual(raw.done, WRITTEN);
  assert.equal(host.open, 0);
});

test("a reply to another call than the one at hand is written when the handler is left", async () => {
  const first = open(() => {});
  first.call.begin();
  const second = open((call) => {
    first.call.respond(text(202, "x"));
    call.respond(text(202, "x"));
  });
  second.call.begin();
  assert.deepEqual(second.raw.done, WRITTEN);
  assert.deepEqual(first.raw.done, []);
  assert.equal(first.host.open, 1);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(first.raw.done, WRITTEN);
  assert.equal(first.host.open, 0);
});

test("a reply outside of any handler is written at once", () => {
  const { call, raw } = open(() => {});
  call.begin();
  call.respond(text(202, "x"));
  assert.deepEqual(raw.done, WRITTEN);
});

test("only the first reply is written", () => {
  const { call, raw, host } = open(() => {});
  call.begin();
  call.respond(text(202, "x"));
  call.respond(text(202, "y"));
  assert.deepEqual(raw.done, WRITTEN);
  assert.equal(host.open, 0);
});

test("a caller that leaves between its reply and the writing of it is left alone", async () => {
  const first = open(() => {});
  first.call.begin();
  const second = open(() => first.call.respond(text(202, "x")));
  second.call.begin();
  first.raw.left();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(first.raw.done, []);
  assert.equal(first.host.open, 0);
});
