import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { message } from "../channels/message.ts";
import { compileAnswer, EXAMPLES } from "./programs.ts";
import { runExample } from "./run-example.ts";

// What JSON strings are likely to break on.
const AWKWARD = 'it\'s "quoted" \\ \\n `back` $(ticked)\n\ttab\r\u0001\u001f\u007f Ωmega \u{1f680} </a> %s%n & &\n\n';

const TEXTS = ['{"payload":"low"}', JSON.stringify({ a: AWKWARD }), AWKWARD, "\n", `"${"\\".repeat(100_000)}"`];

const programs = {
  shell: () => join(EXAMPLES, "shell/answer.sh"),
  python: () => join(EXAMPLES, "python/answer.py"),
  php: () => join(EXAMPLES, "php/answer.php"),
  node: () => join(EXAMPLES, "node/answer.mjs"),
  c: compileAnswer,
};

// What each makes of a payload.
const answers: Record<keyof typeof programs, (readonly [payload: string, answer: unknown])[]> = {
  shell: TEXTS.map((payload) => {
    const sha256 = createHash("sha256").update(payload).digest("hex");
    return [payload, { bytes: Buffer.byteLength(payload), sha256, payload }];
  }),
  c: TEXTS.map((payload) => {
    const sum = crc32(payload).toString(16).padStart(8, "0");
    return [payload, { bytes: Buffer.byteLength(payload), crc32: sum, payload }];
  }),
  python: [
    ['{"payload":"low"}', { lines: [], total: "0" }],
    [
      JSON.stringify({
        items: [
          { name: AWKWARD, price: "0.10", quantity: 3 },
          { name: "tea", price: 0.2 },
        ],
      }),
      {
        lines: [
          { name: AWKWARD, total: "0.30" },
          { name: "tea", total: "0.2" },
        ],
        total: "0.50",
      },
    ],
  ],
  php: [
    ['{"payload":"low"}', { handler: "pricechange", pricelist: [] }],
    [
      JSON.stringify({ percent: 5, pricelist: [{ articlenr: "12312", price: 19.9, note: AWKWARD }] }),
      { handler: "pricechange", pricelist: [{ articlenr: "12312", price: 20.9, note: AWKWARD }] },
    ],
  ],
  node: [
    ['{"payload":"low"}', { words: 0, different: 0, often: [], text: "" }],
    [
      JSON.stringify({ text: "So many words, so little time!" }),
      { words: 6, different: 5, often: [{ word: "so", count: 2 }], text: "So many words, so little time!" },
    ],
    [
      JSON.stringify({ text: AWKWARD }),
      {
        words: 11,
        different: 9,
        often: [
          { word: "s", count: 2 },
          { word: "n", count: 2 },
        ],
        text: AWKWARD,
      },
    ],
  ],
};

for (const [name, program] of Object.entries(programs)) {
  test(`the example in ${name} posts its answer as JSON to the socket, under its request id`, async (t) => {
    for (const [payload, answer] of answers[name as keyof typeof programs]) {
      const { exitCode, stderr, posts } = await runExample(t, program(t), payload);
      assert.deepEqual([exitCode, stderr], [0, ""]);
      assert.equal(posts.length, 1);
      const [post] = posts;
      assert.equal(`${post?.method} ${post?.path}`, `POST /urhttp/${message("").id}`);
      assert.equal(post?.contentType, "application/json");
      assert.deepEqual(JSON.parse(post?.body ?? ""), answer);
    }
  });

  test(`the example in ${name} fails with a message when its answer is refused`, async (t) => {
    const { exitCode, stderr } = await runExample(t, program(t), "{}", 404);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /404/);
  });
}
