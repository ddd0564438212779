import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createChannel } from "../../lib/channels/create.ts";
import type { Message } from "../../lib/core/message.ts";
import { message } from "./message.ts";
import { options, variables } from "./options.ts";

function fill(word: string, facts: Partial<Message>): string | undefined {
  return createChannel("cmdline", options({ cmd: ["echo", word] }))(message("", facts)).argv[1];
}

test("path parameters, query parameters and headers are filled in by name", () => {
  const facts = { params: { petId: "4 2" }, query: "page=1&page=2&q=a%26b+c", headers: { "x-trace": "t" } };
  assert.equal(fill("{{param.petId}}/{{query.page}}/{{query.q}}/{{header.x-trace}}", facts), "4 2/1/a&b c/t");
});

test("the case of a header's name does not matter, that of a parameter does", () => {
  const facts = { params: { petId: "1" }, query: "Q=2", headers: { "x-trace": "3" } };
  assert.equal(fill("{{header.X-TRACE}}{{header.X-Trace}}", facts), "33");
  assert.equal(fill("-{{param.petid}}{{query.q}}-", facts), "--");
});

test("what a message does not have is empty, and nothing is taken from an object's prototype", () => {
  const names = ["param.x", "query.x", "header.x", "param.constructor", "query.toString", "header.constructor"];
  for (const name of names) assert.equal(fill(`{{${name}}}`, { headers: {}, query: "a=1" }), "", name);
});

test("a NUL in a parameter or a query parameter can't travel", () => {
  assert.throws(() => fill("{{param.x}}", { params: { x: "a\0b" } }), { code: "payload-not-representable" });
  assert.throws(() => fill("{{query.x}}", { query: "x=a%00b" }), { code: "payload-not-representable" });
});

test("any value of any name comes out as it went in", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => /^[^\s{}]+$/.test(text));
  const value = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(name, value, (key, text) => {
      const query = new URLSearchParams([[key, text]]).toString();
      const filled = fill(`<{{param.${key}}}|{{ query.${key} }}>`, { query, params: { [key]: text } });
      assert.equal(filled, `<${text}|${text}>`);
    }),
  );
});

test("placeholders work in `env` as well", () => {
  const env = ["A=<{{param.id}}>", "B={{header.host}}"];
  const spec = createChannel("stdin", options({ env }))(message("", { params: { id: "7" }, headers: { host: "h" } }));
  const { A, B } = variables(spec.env);
  assert.deepEqual([A, B], ["<7>", "h"]);
});

test("an entry of `baseEnv` is constant, and `env` wins over it", () => {
  const baseEnv = ["A={{path}}", "B=1", "PATH=/opt", "REQUEST_ID=x"];
  const found = variables(createChannel("stdin", options({ baseEnv, env: ["B=2"] }))(message("{}")).env);
  assert.deepEqual([found.A, found.B, found.PATH], ["{{path}}", "2", "/opt"]);
  assert.equal(found.REQUEST_ID, message("").id);
});

test("an unknown name is a mistake of the configuration in every channel, and the message lists the forms", () => {
  for (const name of ["cmdline", "stdin", "env", "file", "cgi"] as const) {
    for (const word of ["{{params.id}}", "{{param}}", "{{header.a:b}}"]) {
      assert.throws(() => createChannel(name, options({ cmd: ["echo", word] })), {
        code: "config-invalid",
        message: /one of jsonpayload, .*payloadfile, param\.NAME, query\.NAME, header\.NAME, got \{\{/,
      });
    }
  }
});

test("the program of a command is constant", () => {
  for (const cmd of [
    ["{{jsonpayload}}"],
    ["/srv/{{param.job}}"],
    ["nice", "-n", "5", "{{query.job}}"],
    ["env", "{{path}}"],
  ]) {
    assert.throws(() => createChannel("stdin", options({ cmd })), {
      code: "config-invalid",
      message: /^expected `cmd` to name a constant program, got /,
    });
  }
  createChannel("stdin", options({ cmd: ["env", "A={{jsonpayload}}", "prog"] }));
});
