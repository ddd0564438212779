import assert from "node:assert/strict";
import { test } from "node:test";
import { type Notifier, openNotifier } from "../../lib/cli/notify.ts";

const PID = 4711;

interface Told {
  readonly notifier: Notifier;
  readonly sent: { readonly address: string; readonly text: string }[];
  readonly warnings: string[];
}

function open(own: Record<string, string>, errno?: string): Told {
  const sent: Told["sent"] = [];
  const warnings: string[] = [];
  const send = (address: string, text: string) => {
    sent.push({ address, text });
    return errno;
  };
  const notifier = openNotifier({ own, pid: PID, send, warn: (message) => warnings.push(message) });
  return { notifier, sent, warnings };
}

const SOCKET = { NOTIFY_SOCKET: "/run/notify" };

test("without a service manager nobody is told anything", () => {
  const { notifier, sent, warnings } = open({ WATCHDOG_USEC: "2000" });
  notifier.ready("up");
  notifier.reloading();
  notifier.stopping("down", 1000);
  notifier.close();
  assert.deepEqual([sent, warnings], [[], []]);
});

test("the states are told in the words of sd_notify, one datagram each", () => {
  const { notifier, sent } = open(SOCKET);
  notifier.ready("listens\non a port");
  const before = process.hrtime.bigint() / 1000n;
  notifier.reloading();
  const after = process.hrtime.bigint() / 1000n;
  notifier.stopping("ends", 1500);
  assert.deepEqual(
    sent.map(({ address }) => address),
    ["/run/notify", "/run/notify", "/run/notify"],
  );
  assert.equal(sent[0]?.text, "READY=1\nSTATUS=listens on a port");
  const [state, time = ""] = sent[1]?.text.split("\n") ?? [];
  assert.equal(state, "RELOADING=1");
  const usec = BigInt(time.replace("MONOTONIC_USEC=", ""));
  assert.ok(usec >= before && usec <= after, time);
  assert.equal(sent[2]?.text, "STOPPING=1\nSTATUS=ends\nEXTEND_TIMEOUT_USEC=1500000");
});

test("once the end has begun nothing else is told", () => {
  const { notifier, sent } = open(SOCKET);
  notifier.stopping("ends", 0);
  notifier.reloading();
  notifier.ready("up");
  assert.equal(sent.length, 1);
});

test("from the first ready to the close the watchdog is fed, once per half of its time", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { notifier, sent } = open({ ...SOCKET, WATCHDOG_USEC: "20000", WATCHDOG_PID: String(PID) });
  const pings = () => sent.filter(({ text }) => text === "WATCHDOG=1").length;
  t.mock.timers.tick(100);
  assert.equal(pings(), 0);
  notifier.ready("up");
  notifier.ready("up again");
  t.mock.timers.tick(100);
  assert.equal(pings(), 10);
  notifier.close();
  notifier.close();
  t.mock.timers.tick(100);
  assert.equal(pings(), 10);
});

test("a watchdog that watches another process, or nobody, is not fed", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  for (const watchdog of [{ WATCHDOG_PID: "1" }, { WATCHDOG_USEC: "0" }, { WATCHDOG_USEC: "x" }]) {
    const { notifier, sent } = open({ ...SOCKET, WATCHDOG_USEC: "2000", WATCHDOG_PID: String(PID), ...watchdog });
    notifier.ready("up");
    t.mock.timers.tick(100);
    notifier.close();
    assert.equal(sent.length, 1);
  }
});

test("what could not be told is a warning, and nothing worse", () => {
  const { notifier, warnings } = open(SOCKET, "ECONNREFUSED");
  notifier.ready("up");
  assert.deepEqual(warnings, ["expected to tell the service manager READY=1, got ECONNREFUSED: /run/notify"]);
});
