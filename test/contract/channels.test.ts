import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, type TestContext, test } from "node:test";
import type { ChannelOptions, Encoding, ProcessOptions } from "../../lib/channels/channel.ts";
import { createChannel } from "../../lib/channels/create.ts";
import type { Message } from "../../lib/core/message.ts";
import type { ExitRecord } from "../../lib/process/types.ts";
import { message } from "../helpers/message.ts";
import { printed, supervise } from "../helpers/process-supervisor.ts";
import { GIVEN, type Given, readGiven } from "./given.ts";
import { SUBJECTS, type Subject } from "./subjects.ts";

const EVERYWHERE = ["PATH", "REQUEST_ID", "UROCKET_SOCKET", "URIPATH"];
const PROCESS: ProcessOptions = { cwd: "/", timeout: 20_000, stdout: { capture: 8 * 1024 * 1024 } };

/** The longest payload of a channel that is bounded: a variable's name counts. */
const LONGEST = 131_071 - "JSONPAYLOAD=".length;

const TEXTS: Readonly<Record<string, string>> = {
  JSON: '{"a": [1, "b"], "c": null}\n',
  quotes: `"it's" \\"so\\" \`quoted\` \\`,
  "blanks and newlines": " \t\r\n\n a \n",
  unicode: "\ufeffé 日本語 \u{1f680}\u200d \u2028",
  "code for a shell": "$(touch x); `touch x` && touch x | touch x > x #",
  "what looks like options": "--help -- -n",
  "what looks like placeholders": "{{request_id}} {{jsonpayload}} %s $1 $UROCKET_JSONPAYLOAD",
  "words that a spec knows": "pipe",
  "one character": "x",
  "as much as an argument takes": "x".repeat(LONGEST),
};

const BINARY: Readonly<Record<string, Buffer>> = {
  "every byte there is": Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  "a NUL in text": Buffer.from("a\0b"),
  "text that is no UTF-8": Buffer.from([0x61, 0xc3, 0x28]),
};

/** Runs a command for one message through a real supervisor. */
function run(
  t: TestContext,
  subject: Subject,
  asked: Message,
  facts: Partial<ChannelOptions> = {},
): Promise<ExitRecord> {
  const options = { cmd: GIVEN, env: [], socketPath: "/run/u.sock", process: PROCESS, ...facts };
  return supervise(t).spawn(createChannel(subject.name, options)(asked)).exited;
}

async function give(t: TestContext, subject: Subject, asked: Message, facts?: Partial<ChannelOptions>): Promise<Given> {
  const record = await run(t, subject, asked, facts);
  assert.deepEqual([record.how, record.code], ["exit", 0], record.stderr.data.toString());
  return readGiven(record.stdout.data);
}

for (const subject of SUBJECTS) {
  describe(`channel ${subject.name}`, () => {
    test("the process gets its id, path, socket and the route's variables, and nothing else", async (t) => {
      const asked = message({ path: "/get/p%20ets", body: Buffer.from("{}") });
      const { env, cwd } = await give(t, subject, asked, { env: ["A=1", "B={{method}} {{path}}"] });
      assert.deepEqual(Object.keys(env).sort(), [...EVERYWHERE, "A", "B", ...subject.variables].sort());
      assert.deepEqual([env.REQUEST_ID, env.URIPATH, env.UROCKET_SOCKET], [asked.id, "/get/p%20ets", "/run/u.sock"]);
      assert.deepEqual([env.A, env.B, cwd], ["1", "POST /get/p%20ets", "/"]);
    });

    test("the process gets no descriptors but its own", async (t) => {
      const cmd = ["/bin/sh", "-c", "exec ls /proc/self/fd", "sh"];
      const found = printed(await run(t, subject, message(), { cmd }))
        .trim()
        .split("\n");
      // The last one is the folder that ls reads.
      assert.deepEqual(found.slice(0, -1), ["0", "1", "2", ...subject.descriptors]);
    });

    for (const [what, text] of Object.entries(TEXTS)) {
      test(`a payload comes as it is: ${what}`, async (t) => {
        const given = await give(t, subject, message({ body: Buffer.from(text) }));
        assert.equal(subject.payload(given).toString(), text);
      });
    }

    for (const [what, bytes] of Object.entries(BINARY)) {
      test(`a payload of bytes ${subject.bytes ? "comes as it is" : "is refused"}: ${what}`, async (t) => {
        const given = give(t, subject, message({ body: bytes }));
        if (subject.bytes) assert.deepEqual(subject.payload(await given), bytes);
        else await assert.rejects(given, { code: "payload-not-representable" });
      });

      if (!subject.base64) continue;
      test(`any bytes come in base64: ${what}`, async (t) => {
        const given = await give(t, subject, message({ body: bytes }), { encoding: "base64" });
        assert.deepEqual(Buffer.from(subject.payload(given).toString(), "base64"), bytes);
      });
    }

    test(`a mebibyte ${subject.bytes ? "comes as it is" : "is refused"}`, async (t) => {
      const body = Buffer.from("0123456789abcdef".repeat(65_536));
      const given = give(t, subject, message({ body }));
      if (subject.bytes) assert.ok(subject.payload(await given).equals(body));
      else await assert.rejects(given, { code: "payload-too-large" });
    });

    if (subject.bytes) {
      test("a payload of many mebibytes comes as it is", async (t) => {
        const body = Buffer.alloc(24 * 1024 * 1024, "0123456789abcdef\n");
        const cmd = ["/bin/sh", "-c", 'cat "$@" | sha256sum', "sh"];
        const record = await run(t, subject, message({ body }), { cmd });
        assert.equal(printed(record).split(" ")[0], createHash("sha256").update(body).digest("hex"));
      });
    }

    test("without a body the parameters come, where the channel has a payload then", async (t) => {
      const empty = await give(t, subject, message({ verb: "get" }));
      assert.equal(subject.payload(empty).toString(), subject.empty);
      const asked = message({ verb: "get", query: "a=1&a=2", params: { id: "3" } });
      const given = await give(t, subject, asked, { urlParamMode: true });
      assert.equal(subject.payload(given).toString(), '{"a":["1","2"],"id":"3"}');
    });

    for (const [encoding, expected] of [
      ["json", '{"a":"b c","n":1.0}'],
      ["text", '{"a":"b c","n":1.0}'],
      ["form", "a=b+c&n=1.0"],
    ] satisfies [Encoding, string][]) {
      test(`the payload is written as ${encoding}`, async (t) => {
        const given = await give(t, subject, message({ body: Buffer.from('{"a":"b c","n":1.0}') }), { encoding });
        assert.equal(subject.payload(given).toString(), expected);
      });
    }

    test("the payload is there as an argument and as a file where the command asks for it", async (t) => {
      const cmd = [...GIVEN, "<{{jsonpayload}}>", "{{payloadfile}}"];
      const { argv, file } = await give(t, subject, message({ body: Buffer.from("it's") }), { cmd });
      assert.deepEqual([argv, file?.toString()], [["<it's>", "/dev/fd/3"], "it's"]);
    });

    test("a shell script gets every placeholder as data", async (t) => {
      const values = "{{param.id}} {{query.q}} {{header.X-Y}} {{jsonpayload}} {{method}}";
      const cmd = ["/bin/sh", "-c", `printf '%s|' ${values}; cat {{payloadfile}}`];
      const harm = "$(touch x)\"; touch x; '";
      const query = new URLSearchParams({ q: harm }).toString();
      const asked = message({ params: { id: harm }, query, headers: { "x-y": harm }, body: Buffer.from(harm) });
      const record = await run(t, subject, asked, { cmd });
      assert.equal(printed(record), `${harm}|${harm}|${harm}|${harm}|POST|${harm}`);
    });

    test("nobody can change the payload's file", async (t) => {
      const cmd = ["/bin/sh", "-c", "(echo more >> {{payloadfile}}) 2> /dev/null || echo refused; cat {{payloadfile}}"];
      const record = await run(t, subject, message({ body: Buffer.from("mine") }), { cmd });
      assert.equal(printed(record), "refused\nmine");
    });

    test("messages at the same time get a payload each", async (t) => {
      const options = { cmd: GIVEN, env: [], socketPath: "/run/u.sock", process: PROCESS };
      const channel = createChannel(subject.name, options);
      const supervisor = supervise(t);
      const bodies = Array.from({ length: 12 }, (_, index) => `payload ${index}`);
      const specs = bodies.map((body) => channel(message({ body: Buffer.from(body) })));
      const records = await Promise.all(specs.map((spec) => supervisor.spawn(spec).exited));
      const payloads = records.map((record) => subject.payload(readGiven(record.stdout.data)).toString());
      assert.deepEqual(payloads, bodies);
    });

    test("the deadline and the signal of the route end the process", async (t) => {
      const process: ProcessOptions = { ...PROCESS, timeout: 50, killSignal: "SIGINT" };
      const cmd = ["/bin/sh", "-c", "exec sleep 60", "sh"];
      const { how, signal } = await run(t, subject, message(), { cmd, process });
      assert.deepEqual([how, signal], ["timeout", "SIGINT"]);
    });

    test("the identity and the limits of the route are in force", { skip: process.getuid?.() !== 0 }, async (t) => {
      const options: ProcessOptions = { ...PROCESS, user: 65_534, group: 65_534, umask: 0o27, rlimits: { nofile: 77 } };
      const cmd = ["/bin/sh", "-c", "id -u; id -g; umask; ulimit -n; cat {{payloadfile}}"];
      const record = await run(t, subject, message({ body: Buffer.from("mine") }), { cmd, process: options });
      assert.equal(printed(record), "65534\n65534\n0027\n77\nmine");
    });
  });
}
