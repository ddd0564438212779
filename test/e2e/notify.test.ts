import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { receiveDatagrams } from "../helpers/datagrams.ts";
import { startGateway } from "../helpers/gateway.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const PATHS = "\n  /a:\n    post: {cmd: /bin/true}";

test("a service manager is told of readiness, reload and end, and the watchdog is fed throughout", async (t) => {
  const address = join(temporaryDirectory(t), "notify");
  const received = await receiveDatagrams(t, address);
  const told = (text: string) => until(text, () => received.find((datagram) => datagram.includes(text)));
  const pings = () => received.filter((datagram) => datagram === "WATCHDOG=1").length;
  const gateway = await startGateway(t, PATHS, {
    top: "grace: 1500",
    env: { NOTIFY_SOCKET: address, WATCHDOG_USEC: "40000" },
  });
  assert.equal(await told("READY=1"), `READY=1\nSTATUS=listens on ${gateway.url}`);
  await until("some pings", () => pings() > 3);
  gateway.signal("SIGHUP");
  await told("STATUS=configuration reloaded");
  const states = received.filter((datagram) => datagram !== "WATCHDOG=1");
  assert.match(states[1] ?? "", /^RELOADING=1\nMONOTONIC_USEC=\d+$/);
  assert.match(states[2] ?? "", /^READY=1\nSTATUS=configuration reloaded$/);
  gateway.signal("SIGTERM");
  await gateway.exited;
  assert.equal(await told("STOPPING=1"), "STOPPING=1\nSTATUS=SIGTERM: ends what runs\nEXTEND_TIMEOUT_USEC=11500000");
});

test("a service manager that does not listen is no reason not to run", async (t) => {
  const address = join(temporaryDirectory(t), "absent");
  const { log } = await startGateway(t, PATHS, { env: { NOTIFY_SOCKET: address } });
  await log.find({ msg: `expected to tell the service manager READY=1, got ENOENT: ${address}` });
});
