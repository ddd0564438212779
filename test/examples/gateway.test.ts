import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { curl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";
import { compileAnswer, EXAMPLES } from "./programs.ts";

test("every example answers a caller of the gateway", async (t) => {
  const programs: Record<string, string> = {
    sh: join(EXAMPLES, "shell/answer.sh"),
    python: join(EXAMPLES, "python/answer.py"),
    php: join(EXAMPLES, "php/answer.php"),
    node: join(EXAMPLES, "node/answer.mjs"),
    c: compileAnswer(t),
  };
  const paths = Object.entries(programs).map(
    ([name, program]) => `  /examples/${name}:\n    post: {cmd: [${program}], wd: ${dirname(program)}, timeout: 30s}`,
  );
  const { url } = await startGateway(t, paths.join("\n"));
  for (const name of Object.keys(programs)) {
    const { status, headers, text } = await curl(`${url}/examples/${name}`, "-d", '{"payload":"low"}');
    assert.equal(status, 200, text);
    assert.equal(headers["content-type"], "application/json");
    assert.equal(typeof JSON.parse(text), "object");
  }
});
