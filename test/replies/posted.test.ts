import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Headers } from "../../lib/core/message.ts";
import { readPost, reportedFailure } from "../../lib/replies/posted.ts";

const NOTHING = Buffer.alloc(0);

function fault(headers: Headers, body = NOTHING): string {
  const posted = readPost(headers, body);
  assert.ok("fault" in posted, "expected a fault");
  return posted.fault;
}

function reply(headers: Headers, body = NOTHING) {
  const posted = readPost(headers, body);
  assert.ok("reply" in posted, "fault" in posted ? posted.fault : "");
  return posted.reply;
}

test("a post without control headers is 200 with its own body and content type, and none of its other headers", () => {
  const body = Buffer.from([0, 255]);
  const headers = { "content-type": "a/b", "user-agent": "curl", "content-length": "2", expect: "100-continue" };
  assert.deepEqual(reply(headers, body), { status: 200, contentType: "a/b", headers: [], body });
  assert.equal(reply({ "content-type": "" }).contentType, undefined);
});

test("status and headers are the caller's", () => {
  const { status, headers } = reply({ "urocket-status": "303", "urocket-h-location": "/a", "urocket-h-x-y": "" });
  assert.equal(status, 303);
  assert.deepEqual(headers, [
    ["location", "/a"],
    ["x-y", ""],
  ]);
});

test("a status that ends no request, or is none, is refused", () => {
  for (const status of ["100", "101", "199", "600", "20", "2000", "", "abc", "200, 201", "+200", "2e2"]) {
    assert.match(fault({ "urocket-status": status }), /^expected a status from 200 to 599, got /, status);
  }
});

test("a body with a status that has none is refused", () => {
  for (const status of ["204", "205", "304"]) {
    assert.match(fault({ "urocket-status": status }, Buffer.from("x")), /^expected no body with status/);
    assert.equal(reply({ "urocket-status": status }).status, Number(status));
  }
});

test("headers of the connection, of framing and of the gateway are refused, whatever their case", () => {
  const names =
    "Connection Content-Length Date HTTP2-Settings Keep-Alive Proxy-Connection TE Trailer Transfer-Encoding " +
    "Upgrade Urocket-Request-Id Urocket-Stats";
  for (const name of names.split(" ")) {
    assert.match(fault({ [`urocket-h-${name.toLowerCase()}`]: "x" }), /not the gateway's own/, name);
    assert.match(fault({ [`urocket-h-${name}`]: "x" }), /not the gateway's own/, name);
  }
  assert.match(fault({ "urocket-h-content-type": "a/b" }), /content type of the answer as that of the post/);
});

test("what is no header name is refused", () => {
  for (const name of ["", " ", "a b", "a:b", "a\r\nb", "é", "a\0"]) {
    assert.match(fault({ [`urocket-h-${name}`]: "x" }), /^expected a header name/, JSON.stringify(name));
  }
});

test("a value of visible ASCII, spaces and tabs is passed on, any other is refused", () => {
  const unit = fc.oneof(
    fc.constantFrom("a", "\r", "\n", "\0", "\x7f", "\x85", "\t", "é", "\u010a", "\u010d"),
    fc.string(),
  );
  const property = fc.property(fc.array(unit), (units) => {
    const value = units.join("");
    const bad = /[^\t -~]/.test(value);
    const posted = readPost({ "urocket-h-x": value }, NOTHING);
    assert.equal("fault" in posted, bad);
    if ("reply" in posted) assert.deepEqual(posted.reply.headers, [["x", value]]);
  });
  fc.assert(property);
});

test("a content type beyond ASCII is refused", () => {
  assert.match(fault({ "content-type": "text/plain; title=é" }), /^expected the value of content-type in ASCII/);
});

test("several cookies come joined and leave as fields of their own, dates unharmed", () => {
  const cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/", "b=2", "__Host-c=x=y; Secure"];
  assert.deepEqual(
    reply({ "urocket-h-set-cookie": cookies.join(", ") }).headers,
    cookies.map((cookie) => ["set-cookie", cookie]),
  );
});

test("any cookies come apart as they were", () => {
  const name = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
  const value = fc.stringMatching(/^[!#-+\--:<-[\]-~]*$/);
  const cookie = fc.tuple(name, value).map(([n, v]) => `${n}=${v}`);
  const property = fc.property(fc.array(cookie, { minLength: 1 }), (cookies) => {
    const { headers } = reply({ "urocket-h-set-cookie": cookies.join(", ") });
    assert.deepEqual(
      headers.map(([, one]) => one),
      cookies,
    );
  });
  fc.assert(property);
});

test("whatever is posted, the reading of it throws nothing", () => {
  const name = fc.oneof(
    fc.string().map((n) => `urocket-h-${n}`),
    fc.constantFrom("urocket-status", "content-type"),
  );
  const property = fc.property(fc.dictionary(name, fc.string()), fc.uint8Array(), (headers, body) => {
    const posted = readPost(headers, Buffer.from(body));
    assert.ok("reply" in posted !== "fault" in posted);
  });
  fc.assert(property);
});

test("a reported error is the detail, cut between characters, and never empty", () => {
  assert.deepEqual(reportedFailure(Buffer.from(" no such pet\n")), {
    code: "process-reported-error",
    detail: "no such pet",
  });
  assert.equal(reportedFailure(NOTHING).detail, "the process reported an error");
  const { detail } = reportedFailure(Buffer.from(`x${"é".repeat(5000)}`));
  assert.equal(detail, `x${"é".repeat(2047)}`);
});
