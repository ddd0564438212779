import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCgiResponse } from "../../lib/replies/cgi/parse.ts";
import { cgiReply } from "../../lib/replies/index.ts";
import { exitRecord, output } from "../helpers/fake-starter.ts";

function read(printed: string | Buffer) {
  const response = parseCgiResponse(Buffer.from(printed as string));
  assert.ok(typeof response !== "string", `expected a response, got: ${response}`);
  return { ...response, body: response.body.toString() };
}

function fault(printed: string | Buffer): string {
  const response = parseCgiResponse(Buffer.from(printed as string));
  assert.equal(typeof response, "string");
  return response as string;
}

test("fields end with LF or CRLF, the body begins behind the empty line", () => {
  const expected = { status: 200, contentType: "a/b", headers: [["x", "1: 2"]], body: "\nbody\r\n\r\n" };
  assert.deepEqual(read("Content-Type: a/b\nX: 1: 2\n\n\nbody\r\n\r\n"), expected);
  assert.deepEqual(read("content-type:a/b \r\nx:\t1: 2\r\n\r\n\nbody\r\n\r\n"), expected);
});

test("Status sets the status, with a reason or without", () => {
  assert.deepEqual(read("Status: 404 Not Found\n\n"), {
    status: 404,
    contentType: undefined,
    headers: [],
    body: "",
  });
  assert.equal(read("Status: 201\nLocation: /a\n\n").status, 201);
  for (const status of ["99", "100 Continue", "600", "2000", "200OK", "OK", ""]) {
    assert.match(fault(`Status: ${status}\n\n`), /^expected a status from 200 to 599/, status);
  }
});

test("Location alone is 302, also for a path of our own: the caller follows it", () => {
  for (const location of ["https://example.com/a", "/pets/1"]) {
    const { status, headers } = read(`Location: ${location}\n\n`);
    assert.deepEqual([status, headers], [302, [["location", location]]]);
  }
});

test("several fields of one name stay several, in their order", () => {
  assert.deepEqual(read("Set-Cookie: a=1\nStatus: 200\nSet-Cookie: b=2\n\n").headers, [
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
  ]);
});

test("fields of the connection, of framing and of the gateway are dropped", () => {
  const { headers, body } = read(
    "Content-Type: a/b\nContent-Length: 1\nTransfer-Encoding: chunked\nUrocket-Stats: x\nConnection: close\n\nbody",
  );
  assert.deepEqual([headers, body], [[], "body"]);
});

test("what is printed behind a status without a body is dropped", () => {
  for (const status of [204, 205, 304]) assert.equal(read(`Status: ${status}\n\n\n`).body, "");
});

test("text beyond ASCII is read as UTF-8, and as octets where it is none", () => {
  assert.deepEqual(read("Status: 200\nX: é日\n\n").headers, [["x", "é日"]]);
  assert.deepEqual(read(Buffer.from("Status: 200\nX: é\n\n", "latin1")).headers, [["x", "é"]]);
});

test("what is no response is told, without quoting what may be secret", () => {
  assert.match(fault("hello\n"), /^expected an empty line within 65536 bytes, got none in 6$/);
  assert.match(fault("\n"), /^expected Content-Type, Location or Status/);
  assert.match(fault("X: 1\n\n"), /^expected Content-Type, Location or Status/);
  assert.match(fault("Status: 200\n\nbody"), /^expected Content-Type with a body/);
  assert.match(fault("Status: 200\nStatus: 200\n\n"), /^expected one Status/);
  assert.match(fault("Content-Type: a/b\nContent-Type: a/b\n\n"), /^expected one Content-Type/);
  assert.match(fault("Content-Type : a/b\n\n"), /^expected a header name/);
  assert.match(fault("Status: 200\n folded\n\n"), /^expected `name: value` in line 2/);
  assert.match(fault("Status: 200\nX: a\rb\n\n"), /without line ends and control characters/);
  assert.match(fault(`Status: 200\nX: ${"x".repeat(65_536)}\n\n`), /^expected an empty line within 65536 bytes/);
  assert.doesNotMatch(fault("the secret\n\n"), /secret/);
});

test("whatever is printed, reading it throws nothing and lets no line end through", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "Status: ",
      "Location: ",
      "Content-Type: ",
      "Set-Cookie: ",
      "\r\n",
      "\n",
      "\n\n",
      ": ",
      "200",
      "\r",
    ),
    fc.string(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("latin1")),
  );
  const property = fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, narrow) => {
    const response = parseCgiResponse(Buffer.from(pieces.join(""), narrow ? "latin1" : "utf8"));
    if (typeof response === "string") return;
    assert.ok(response.status >= 200 && response.status <= 599);
    for (const [name, value] of [...response.headers, ["content-type", response.contentType ?? ""]]) {
      assert.doesNotMatch(`${name}${value}`, /[\r\n\0]/);
    }
  });
  fc.assert(property, { numRuns: 1000 });
});

test("any response comes apart as it was put together", () => {
  const name = fc.stringMatching(/^x-[a-z0-9-]+$/);
  const value = fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/);
  const property = fc.property(
    fc.integer({ min: 200, max: 599 }).filter((status) => ![204, 205, 304].includes(status)),
    fc.array(fc.tuple(name, value)),
    fc.uint8Array(),
    fc.constantFrom("\n", "\r\n"),
    (status, headers, bytes, end) => {
      const lines = [`Status: ${status} x`, "Content-Type: a/b", ...headers.map(([n, v]) => `${n}: ${v}`), "", ""];
      const response = parseCgiResponse(Buffer.concat([Buffer.from(lines.join(end)), bytes]));
      const body = Buffer.from(bytes);
      assert.deepEqual(response, { status, contentType: "a/b", headers, body });
    },
  );
  fc.assert(property);
});

test("a whole response counts whatever the exit code; without one the exit code is told", () => {
  const rule = cgiReply();
  const whole = rule(exitRecord({ code: 3, stdout: output("Status: 200\n\n") }));
  assert.equal(whole.kind, "reply");
  const broken = rule(exitRecord({ code: 3, stdout: output("Fatal error") }));
  assert.ok(broken.kind === "failure" && broken.failure.code === "process-failed");
  const silent = rule(exitRecord());
  assert.ok(silent.kind === "failure" && silent.failure.code === "cgi-response-invalid");
  const killed = rule(exitRecord({ how: "signal", code: null, signal: "SIGSEGV", stdout: output("Status: 200\n\n") }));
  assert.ok(killed.kind === "failure" && killed.failure.code === "process-failed");
});
