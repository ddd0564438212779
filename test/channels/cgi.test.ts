import assert from "node:assert/strict";
import { test } from "node:test";
import type { CgiOptions, ChannelOptions } from "../../lib/channels/channel.ts";
import { createChannel } from "../../lib/channels/create.ts";
import type { Message } from "../../lib/core/message.ts";
import type { SpawnSpec } from "../../lib/process/types.ts";
import { message } from "./message.ts";
import { options, variables } from "./options.ts";

type Facts = Partial<Message>;

function spec(facts: Facts, cgi?: CgiOptions, more: Partial<ChannelOptions> = {}): SpawnSpec {
  const { body = Buffer.alloc(0), ...rest } = facts;
  return createChannel("cgi", options({ cgi, ...more }))(message(body, rest));
}

function meta(facts: Facts, cgi?: CgiOptions, more: Partial<ChannelOptions> = {}): Record<string, string> {
  return variables(spec(facts, cgi, more).env);
}

function refuses(run: () => unknown, message: RegExp): void {
  assert.throws(run, { code: "payload-not-representable", message });
}

test("a request becomes the meta-variables of RFC 3875 and nothing else", () => {
  const headers = { host: "example.org:8081", "content-type": "text/plain", "content-length": "5", "x-trace": "t" };
  const facts = { verb: "put", path: "/pets", query: "a=%201", headers, remoteAddress: "192.0.2.7" };
  assert.deepEqual(meta({ ...facts, body: Buffer.from("hello") }), {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    REQUEST_ID: message("").id,
    URIPATH: "/pets",
    UROCKET_SOCKET: "/run/urocket.sock",
    GATEWAY_INTERFACE: "CGI/1.1",
    SERVER_SOFTWARE: "urocket",
    SERVER_PROTOCOL: "HTTP/1.1",
    SERVER_NAME: "example.org",
    SERVER_PORT: "8081",
    REQUEST_METHOD: "PUT",
    REQUEST_URI: "/pets?a=%201",
    SCRIPT_NAME: "/pets",
    PATH_INFO: "",
    QUERY_STRING: "a=%201",
    REMOTE_ADDR: "192.0.2.7",
    CONTENT_LENGTH: "5",
    CONTENT_TYPE: "text/plain",
    HTTP_HOST: "example.org:8081",
    HTTP_X_TRACE: "t",
  });
});

test("the body is standard input as it came, and without one there is neither input nor length nor type", () => {
  const body = Buffer.from([0, 0xff]);
  assert.deepEqual(spec({ body }).stdin, body);
  const bare = spec({ verb: "get", query: "a=1", headers: { "content-type": "text/plain" } });
  assert.equal(bare.stdin, "null");
  const { CONTENT_LENGTH, CONTENT_TYPE } = variables(bare.env);
  assert.deepEqual([CONTENT_LENGTH, CONTENT_TYPE], [undefined, undefined]);
});

test("a body that was announced as empty has the length 0, and one in chunks the length it has", () => {
  assert.equal(meta({ headers: { "content-length": "0" } }).CONTENT_LENGTH, "0");
  const chunked = meta({ headers: { "transfer-encoding": "chunked" }, body: Buffer.from("abc") });
  assert.equal(chunked.CONTENT_LENGTH, "3");
  assert.equal(chunked.HTTP_TRANSFER_ENCODING, undefined);
});

test("below a prefix route the rest of the path is PATH_INFO, decoded", () => {
  const paths: [key: string, path: string, script: string, info: string][] = [
    ["/files/*", "/files/a%20b/c.txt", "/files", "/a b/c.txt"],
    ["/files/*", "/files/", "/files", "/"],
    ["/files/*", "/files", "/files", ""],
    ["/files/*", "/files//a;v=1", "/files", "//a;v=1"],
    ["/*", "/a", "", "/a"],
    ["/users/{id}/files/*", "/users/j%C3%BCrgen/files/x", "/users/jürgen/files", "/x"],
    ["/pets/{petId}", "/pets/42", "/pets/42", ""],
  ];
  for (const [key, path, script, info] of paths) {
    const { SCRIPT_NAME, PATH_INFO } = meta({ path }, { path: key });
    assert.deepEqual([SCRIPT_NAME, PATH_INFO], [script, info], `${path} on ${key}`);
  }
});

test("a path that decoding would turn into another is refused", () => {
  const cgi = { path: "/files/*" };
  for (const path of ["/files/../x", "/files/a/%2e%2E/x", "/files/./x", "/files/%2e"]) {
    refuses(() => spec({ path }, cgi), /^expected a path without the segments \. and \.\., got /);
  }
  for (const path of ["/files/a%2Fb", "/files/..%2fx"]) {
    refuses(() => spec({ path }, cgi), /^expected a path without an encoded slash, got /);
  }
  for (const path of ["/files/%", "/files/%zz", "/files/%ff"]) {
    refuses(() => spec({ path }, cgi), /^expected a path that is percent-encoded UTF-8, got /);
  }
  refuses(() => spec({ path: "/files/a%00b" }, cgi), /^expected text without NUL bytes/);
  assert.equal(meta({ path: "/files/..a/b.." }, cgi).PATH_INFO, "/..a/b..");
});

test("PATH_INFO is translated below the document root, if there are both", () => {
  const cgi = { path: "/files/*", documentRoot: "/srv/www" };
  const below = meta({ path: "/files/a%20b" }, cgi);
  assert.deepEqual([below.DOCUMENT_ROOT, below.PATH_TRANSLATED], ["/srv/www", "/srv/www/a b"]);
  assert.equal(meta({ path: "/files" }, cgi).PATH_TRANSLATED, undefined);
  const without = meta({ path: "/files/a" }, { path: "/files/*" });
  assert.deepEqual([without.DOCUMENT_ROOT, without.PATH_TRANSLATED], [undefined, undefined]);
});

test("a caller can't set HTTP_PROXY, nor imitate a header by another spelling of its name", () => {
  const headers = { proxy: "http://evil", x_real_ip: "1.1.1.1", "x-real-ip": "2.2.2.2", "x.y": "z", "a'b": "c" };
  const found = Object.entries(meta({ headers })).filter(([name]) => name.startsWith("HTTP_"));
  assert.deepEqual(found, [["HTTP_X_REAL_IP", "2.2.2.2"]]);
});

test("Authorization is passed on only where the route is told to", () => {
  const headers = { authorization: "Basic eA==", "proxy-authorization": "Basic eA==" };
  assert.equal(meta({ headers }).HTTP_AUTHORIZATION, undefined);
  const passed = meta({ headers }, { passAuthorization: true });
  assert.equal(passed.HTTP_AUTHORIZATION, "Basic eA==");
  assert.equal(passed.HTTP_PROXY_AUTHORIZATION, undefined);
});

test("a header that holds a secret of the gateway is withheld, and no other", () => {
  const headers = { "x-api-key": "s3cret", "x-api-key-id": "1" };
  const found = meta({ headers }, { withheld: ["x-api-key"], passAuthorization: true });
  assert.equal(found.HTTP_X_API_KEY, undefined);
  assert.equal(found.HTTP_X_API_KEY_ID, "1");
});

test("behind TLS a program learns of it, and of the port that goes without saying there", () => {
  const headers = { host: "example.org" };
  const { HTTPS, SERVER_PORT } = meta({ headers }, { secure: true });
  assert.deepEqual([HTTPS, SERVER_PORT], ["on", "443"]);
  assert.equal(meta({ headers }).HTTPS, undefined);
});

test("what the caller calls the host is used only if it can be one", () => {
  const hosts: [host: string, name: string, port: string][] = [
    ["example.org", "example.org", "80"],
    ["[2001:db8::1]:8443", "[2001:db8::1]", "8443"],
    ["<script>", "localhost", "80"],
    ["a:b", "localhost", "80"],
    ["", "localhost", "80"],
  ];
  for (const [host, name, port] of hosts) {
    const { SERVER_NAME, SERVER_PORT } = meta({ headers: { host } });
    assert.deepEqual([SERVER_NAME, SERVER_PORT], [name, port], host);
  }
});

test("a variable that the configuration sets wins over ours, with its placeholders", () => {
  const env = ["REMOTE_ADDR={{header.x-real-ip}}", "HTTPS=on", "HTTP_X_REAL_IP=none"];
  const found = meta({ headers: { "x-real-ip": "2.2.2.2" } }, undefined, { env, baseEnv: ["SERVER_PORT=443"] });
  const { REMOTE_ADDR, HTTPS, HTTP_X_REAL_IP, SERVER_PORT } = found;
  assert.deepEqual([REMOTE_ADDR, HTTPS, HTTP_X_REAL_IP, SERVER_PORT], ["2.2.2.2", "on", "none", "443"]);
});

test("the encoding form makes a form of a JSON object, with its type and its length", () => {
  const headers = { "content-type": "application/json", "content-length": "7" };
  const asked = spec({ body: Buffer.from('{"a":1}'), headers }, undefined, { encoding: "form" });
  const { CONTENT_TYPE, CONTENT_LENGTH } = variables(asked.env);
  assert.equal(String(asked.stdin), "a=1");
  assert.deepEqual([CONTENT_TYPE, CONTENT_LENGTH], ["application/x-www-form-urlencoded", "3"]);
});

test("in urlParamMode the body is the object of the parameters", () => {
  const facts = { verb: "get", query: "a=1", params: { b: "2" } };
  const asked = spec(facts, undefined, { urlParamMode: true });
  const { CONTENT_TYPE, CONTENT_LENGTH } = variables(asked.env);
  assert.equal(String(asked.stdin), '{"a":"1","b":"2"}');
  assert.deepEqual([CONTENT_TYPE, CONTENT_LENGTH], ["application/json", "17"]);
});

test("base64 is no encoding of a body", () => {
  assert.throws(() => createChannel("cgi", options({ encoding: "base64" })), {
    code: "config-invalid",
    message: "expected `encoding` to be json, form or text for cgi, got base64",
  });
});
