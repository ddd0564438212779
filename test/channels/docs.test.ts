import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ChannelName, Encoding } from "../../lib/channels/channel.ts";
import { createChannel } from "../../lib/channels/create.ts";
import { payloadEncoder } from "../../lib/channels/encoding.ts";
import { variableName } from "../../lib/channels/variables.ts";
import { isPlaceholder, PLACEHOLDER_FORMS } from "../../lib/core/template.ts";
import { message } from "./message.ts";
import { options, variables } from "./options.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/channels.md"), "utf8");

test("every row of the table of payloads is what happens", () => {
  const rows = table("| encoding | content type |");
  assert.ok(rows.length > 10);
  for (const [encoding, type, body = "", query = "", payload] of rows) {
    const encode = payloadEncoder({ encoding: encoding as Encoding });
    const asked = message(body, { query, headers: type === "" ? {} : { "content-type": String(type) } });
    if (payload === "400") assert.throws(() => encode(asked), { code: "payload-not-representable" }, body);
    else assert.equal(encode(asked).toString(), payload, `${encoding} ${body} ${query}`);
  }
});

test("every row of the table of channels and encodings is what happens", () => {
  const body = Buffer.from([...Buffer.from('{"a":"'), 0xff, ...Buffer.from('"}')]);
  for (const [name, raw, form, base64] of table("| | `json`, `text` |")) {
    assert.equal(carries(name, "json", body), raw === "any bytes", `${name} json`);
    assert.equal(carries(name, "text", body), raw === "any bytes", `${name} text`);
    assert.match(form ?? "", /^the form/);
    assert.ok(carries(name, "form", Buffer.from('{"a":1}')), `${name} form`);
    if (base64 === "a mistake of the configuration") assert.throws(() => carries(name, "base64", body));
    else assert.ok(carries(name, "base64", body), `${name} base64`);
  }
});

test("every placeholder has its row, and no other", () => {
  const rows = table("| placeholder | value |").map(([placeholder]) => placeholder);
  assert.deepEqual([...rows].sort(), PLACEHOLDER_FORMS.map((form) => `{{${form}}}`).sort());
});

test("the variables of placeholders are those of the table", () => {
  for (const [placeholder = "", variable] of table("| placeholder | variable |")) {
    const name = placeholder.replace(/[{}]/g, "");
    assert.ok(isPlaceholder(name), name);
    assert.equal(variableName(name), variable);
  }
});

test("every meta-variable has its row, and no other", () => {
  const rows = table("| variable | value |", "## The channel `cgi`").flatMap(([names = ""]) => names.split(", "));
  const cgi = { path: "/files/*", documentRoot: "/srv" };
  const headers = { host: "a", "content-type": "a/b" };
  const spec = createChannel("cgi", options({ cgi }))(message("x", { path: "/files/x", headers }));
  const everywhere = table("| variable | value |").map(([name]) => name);
  const found = Object.keys(variables(spec.env)).filter((name) => !everywhere.includes(name));
  assert.deepEqual(rows.sort(), [...found.filter((name) => name !== "HTTP_HOST"), "HTTP_*"].sort());
});

function carries(name: string | undefined, encoding: Encoding, body: Buffer): boolean {
  const channel = createChannel(name as ChannelName, options({ encoding }));
  try {
    channel(message(body));
    return true;
  } catch (error) {
    assert.equal((error as { code?: string }).code, "payload-not-representable");
    return false;
  }
}

/** The rows of the first table that begins so, behind a heading if one is named; without the marks of code. */
function table(head: string, behind = ""): string[][] {
  const start = PAGE.indexOf(head, PAGE.indexOf(behind));
  assert.notEqual(start, -1, head);
  const lines = PAGE.slice(start).split("\n\n", 1)[0]?.split("\n").slice(2) ?? [];
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}
