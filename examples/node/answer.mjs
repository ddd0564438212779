#!/usr/bin/env node
// Counts the words of a text: {"text": "so many words, so little time"}.
import { request } from "node:http";

const { text = "" } = JSON.parse(process.argv.at(-1));
const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const counts = new Map();
for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
const often = [...counts].filter(([, count]) => count > 1).map(([word, count]) => ({ word, count }));
const answer = JSON.stringify({ words: words.length, different: counts.size, often, text });

// The answer: HTTP over the unix socket.
const { UROCKET_SOCKET: socketPath, REQUEST_ID } = process.env;
const headers = { "Content-Type": "application/json" };
const post = request({ socketPath, path: `/urhttp/${REQUEST_ID}`, method: "POST", headers }, (response) => {
  response.resume();
  if (response.statusCode !== 200) fail(`${response.statusCode}: ${response.statusMessage}`);
});
post.on("error", (error) => fail(error.message)).end(answer);

function fail(what) {
  console.error(`expected the answer to be taken, got ${what}`);
  process.exitCode = 1;
}
