import assert from "node:assert/strict";
import { test } from "node:test";
import { TransientMap } from "../../lib/core/transient-map.ts";
import { Admission, Lane } from "../../lib/gateway/admission.ts";
import { Course } from "../../lib/gateway/course.ts";
import { Expiry } from "../../lib/gateway/expiry.ts";
import { InFlight } from "../../lib/gateway/in-flight.ts";
import { PendingTable } from "../../lib/gateway/pending.ts";
import { FakeStarter } from "../helpers/fake-starter.ts";
import { FakeCaller, message } from "../helpers/message.ts";
import { route } from "../helpers/route.ts";

test("a message that ended is in no table any more, whatever ended it", () => {
  const ends: ((inFlight: InFlight) => void)[] = [
    (inFlight) => inFlight.abandon(),
    (inFlight) => inFlight.shutDown(),
    (inFlight) => inFlight.onExpired(),
    (inFlight) => inFlight.fail({ code: "answer-refused", detail: "" }),
  ];
  for (const end of ends) {
    let left = 0;
    const starter = new FakeStarter();
    const admission = new Admission({ processes: 1, queue: 0 });
    const tables = { pending: new PendingTable<InFlight>(), expiry: new Expiry(), admission };
    const desk = {
      ...tables,
      starter,
      queueTimeout: 1000,
      held: new TransientMap<string, InFlight>(),
      leave: () => left++,
    };
    const sent = message();
    const inFlight = new InFlight(new Course(sent, new FakeCaller(), route()), new Lane(), desk);
    desk.pending.add(sent.id, inFlight);
    inFlight.enter();
    starter.last.exit({ code: 0 });
    assert.deepEqual([desk.pending.size, desk.expiry.size, admission.running, left], [1, 1, 0, 0]);
    end(inFlight);
    assert.deepEqual([desk.pending.size, desk.expiry.size, left], [0, 0, 1]);
    desk.expiry.close();
  }
});
