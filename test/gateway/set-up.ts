import { afterEach } from "node:test";
import type { Message } from "../../lib/core/message.ts";
import { Gateway, type GatewayLimits, type Route } from "../../lib/gateway/index.ts";
import { FakeStarter } from "../helpers/fake-starter.ts";
import { FakeCaller, message } from "../helpers/message.ts";
import { route } from "../helpers/route.ts";

const gateways: Gateway[] = [];

// Those whose callers still wait would keep the test's process until their deadlines. Not awaited: the processes
// of a fake starter end only when they are told to.
afterEach(() => {
  for (const gateway of gateways.splice(0)) void gateway.close();
});

/** A gateway over a fake starter, and a way to send it messages. */
export function setUp(...routes: Partial<Route>[]) {
  return setUpBounded(undefined, ...routes);
}

/** The same with bounds on what runs and waits. */
export function setUpBounded(limits: GatewayLimits | undefined, ...routes: Partial<Route>[]) {
  const starter = new FakeStarter();
  const gateway = new Gateway({ routes: (routes.length > 0 ? routes : [{}]).map(route), starter, limits });
  gateways.push(gateway);
  const send = (facts: Partial<Message> = {}) => {
    const sent = message(facts);
    const caller = new FakeCaller();
    gateway.handle(sent, caller);
    return { id: sent.id, caller };
  };
  return { gateway, starter, send };
}
