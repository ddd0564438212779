import assert from "node:assert/strict";
import { test } from "node:test";
import { ERRORS, type ErrorCode } from "../../lib/core/errors.ts";
import { answer, curl } from "../helpers/curl.ts";
import { blocksOf } from "../helpers/fences.ts";
import { startGateway } from "../helpers/gateway.ts";
import { configuration, readPage, rows } from "./page.ts";

const PAGE = readPage("lifecycle.md");

test("every status and code in the table of endings is of the catalogue", () => {
  let seen = 0;
  for (const [, ending = "", , , late = ""] of rows(PAGE, "| ending |")) {
    for (const [, status, code] of `${ending} ${late}`.matchAll(/(\d{3}) ([a-z]+-[a-z-]+)/g)) {
      assert.equal(ERRORS[code as ErrorCode]?.status, Number(status), code);
      seen++;
    }
  }
  assert.ok(seen > 12, String(seen));
});

test("each request of docs/lifecycle.md ends as it says, and so does a late post", async (t) => {
  const [yaml = ""] = blocksOf("docs/lifecycle.md", "yaml", 1);
  const { url, socket } = await startGateway(t, configuration(yaml).paths);
  const table = rows(PAGE, "| request | reply |");
  assert.ok(table.length > 5);
  for (const [request = "", reply = "", late = ""] of table) {
    const [verb = "", path = ""] = request.split(" ");
    const told = await curl("-X", verb, `${url}${path}`);
    const code = told.status === 200 ? "" : ` ${JSON.parse(told.text).code}`;
    assert.equal(`${told.status}${code}`, reply, request);
    const posted = await answer(socket, `/urhttp/${told.headers["urocket-request-id"]}`, "-d", "late");
    const problem = JSON.parse(posted.text);
    const reason = problem.reason === undefined ? "" : `, ${problem.reason}`;
    assert.equal(`${posted.status} ${problem.code}${reason}`, late, request);
  }
});
