import assert from "node:assert/strict";
import { test } from "node:test";
import { folderWith, urocket } from "./urocket.ts";

const CONFIG = `socketpath: u.sock
paths:
  /pets/{petId}:
    put:
      cmd: [/bin/cat, "{{param.petId}}"]
      channel: stdin
      reply: stdout
      killsignal: int
      umask: 027
      nice: 5
      rlimits: {as: 512MiB, nofile: {soft: 64, hard: unlimited}}
      cgroup: {memory: 1GiB, cpu: 0.5}
      nonewprivs: true
      user: 1234
      group: 4321
    post: {cmd: /bin/cat, channel: file}
  /cgi/*:
    get: {cmd: /bin/true, channel: cgi}
  /secret:
    get: {cmd: /bin/true, auth: {type: bearer, secretfile: token}}
`;
const FILES = { "urocket-service.yaml": CONFIG, token: "t0ps3cr3t\n" };

test("a route's channel, identity and bounds are told", async (t) => {
  const folder = folderWith(t, FILES);
  const { code, stdout, stderr } = await urocket(folder, ["dry", "/pets/a%20b", "-X", "PUT", "-d", "hello you"]);
  assert.equal(code, 0, stderr);
  const lines = stdout.split("\n");
  for (const line of [
    "PUT /pets/a%20b runs put /pets/{petId} (urocket-service.yaml:4)",
    "  [1]  a b",
    "input          9 bytes: 'hello you'",
    "user           1234, group 4321",
    "timeout        1 s, then SIGINT, 500 ms later SIGKILL",
    "umask          0027",
    "nice           5",
    "rlimit as      536870912",
    "rlimit nofile  64, up to unlimited",
    "cgroup memory  1 GiB",
    "cgroup cpu     0.5",
    "privileges     no new ones",
    "answer         what it prints",
  ]) {
    assert.ok(lines.includes(line), `${line}\n${stdout}`);
  }
});

test("a payload in a file, of any bytes, is told", async (t) => {
  const { stdout } = await urocket(folderWith(t, FILES), ["dry", "/pets/1", "-d", "@-", "--json"], "a\0b");
  const { argv, files } = JSON.parse(stdout);
  assert.deepEqual(argv, ["/bin/cat", "/dev/fd/3"]);
  assert.deepEqual(files, { 3: { bytes: 3, text: "a\0b" } });
});

test("the variables of CGI are told, as the headers of the request make them", async (t) => {
  const args = ["dry", "/cgi/a/b?x=1", "-H", "X-Trace: 7", "--json"];
  const { stdout } = await urocket(folderWith(t, FILES), args);
  const { env, reply, request } = JSON.parse(stdout);
  assert.equal(reply, "cgi");
  assert.equal(request.query, "x=1");
  for (const entry of [
    "PATH_INFO=/a/b",
    "SCRIPT_NAME=/cgi",
    "QUERY_STRING=x=1",
    "HTTP_X_TRACE=7",
    "REMOTE_ADDR=127.0.0.1",
  ]) {
    assert.ok(env.includes(entry), entry);
  }
});

test("who does not prove who it is, is refused; who does, is not; the secret is never shown", async (t) => {
  const folder = folderWith(t, FILES);
  const stranger = await urocket(folder, ["dry", "/secret"]);
  assert.equal(stranger.code, 1);
  assert.match(stranger.stdout, /^GET \/secret runs nothing: 401 The caller has not proved who it is\n/);
  assert.match(stranger.stdout, /^ {2}www-authenticate: Bearer/m);
  const friend = await urocket(folder, ["dry", "/secret", "-H", "Authorization: Bearer t0ps3cr3t"]);
  assert.equal(friend.code, 0);
  assert.doesNotMatch(stranger.stdout + friend.stdout, /t0ps3cr3t/);
});
