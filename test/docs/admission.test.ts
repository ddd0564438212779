import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { curl, startCurl } from "../helpers/curl.ts";
import { blocksOf } from "../helpers/fences.ts";
import { startGateway } from "../helpers/gateway.ts";
import { configuration, readPage, rows } from "./page.ts";

const PAGE = readPage("admission.md");

test("what docs/admission.md says of its example is what happens", async (t) => {
  assert.equal(rows(PAGE, "| comes |").length, 5);
  const [yaml = ""] = blocksOf("docs/admission.md", "yaml", 1);
  const { paths, top } = configuration(yaml);
  const { url, log, directory } = await startGateway(t, paths, { top });
  const callers = [];
  for (let n = 0; n < 3; n++) {
    callers.push(startCurl("-d", "x", `${url}/slow`));
    await log.stored("/slow", n);
  }
  const fourth = await curl("-d", "x", `${url}/slow`);
  assert.deepEqual([fourth.status, fourth.headers["retry-after"]], [503, "1"]);
  assert.equal(JSON.parse(fourth.text).code, "queue-full");
  assert.equal((await curl("-d", "x", `${url}/quick`)).text, "quick /quick\n");
  assert.deepEqual(
    callers.map(({ child }) => child.exitCode),
    [null, null, null],
  );
  writeFileSync(join(directory, "go"), "");
  for (const { done } of callers) assert.equal((await done).text, "slow\n");
});
