import type { TestContext } from "node:test";
import type { Message } from "../../lib/core/message.ts";
import { type Caller, text } from "../../lib/core/reply.ts";
import { HttpStage } from "../../lib/stages/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";

/** A message that reached the gateway. */
export interface Taken {
  readonly message: Message;
  /** The body as it was: a call lets go of it with its reply. */
  readonly body: Buffer;
  readonly caller: Caller;
}

export interface Front {
  readonly stage: HttpStage;
  readonly address: { readonly host: string; readonly port: number };
  readonly url: string;
  readonly taken: Taken[];
  readonly abandoned: string[];
}

/** A front on a free port, over a gateway that does what `act` says; by default it answers "hello". */
export async function openFront(
  t: TestContext,
  act: (taken: Taken) => void = ({ caller }) => caller.respond(text(200, "hello")),
  bodyLimit = 1000,
): Promise<Front> {
  const taken: Taken[] = [];
  const abandoned: string[] = [];
  const stage = new HttpStage({
    bodyLimit,
    gateway: {
      handle: (message, caller) => {
        const one = { message, body: message.body, caller };
        taken.push(one);
        act(one);
      },
      abandon: (id) => abandoned.push(id),
    },
  });
  const port = await stage.listen("127.0.0.1", 0);
  cleanUp(t, () => stage.close());
  return { stage, address: { host: "127.0.0.1", port }, url: `http://127.0.0.1:${port}`, taken, abandoned };
}
