import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { startGateway } from "../helpers/gateway.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const execute = promisify(execFile);

/** Runs git far from anybody's settings; what it printed, its trace of HTTP headers too. */
async function git(home: string, ...words: string[]): Promise<string> {
  const identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"];
  const own = { HOME: home, GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" };
  const trace = { GIT_TRACE_CURL: "1", GIT_TRACE_CURL_NO_DATA: "1" };
  const env = { PATH: process.env.PATH, ...own, ...trace };
  const { stdout, stderr } = await execute("git", [...identity, ...words], { env, cwd: home, maxBuffer: 64 * 2 ** 20 });
  return stdout + stderr;
}

/** A route of the channel `cgi` for git's own program, serving what is below `root`. */
async function backend(home: string, root: string): Promise<string> {
  const program = join((await git(home, "--exec-path")).trim(), "git-http-backend");
  const env = [`GIT_PROJECT_ROOT=${root}`, "GIT_HTTP_EXPORT_ALL=1", "REMOTE_USER=tester", `HOME=${home}`];
  const route = JSON.stringify({ cmd: [program], channel: "cgi", env, timeout: "2m" });
  return `  /git/*:\n    get: ${route}\n    post: ${route}`;
}

test("git http-backend serves clone, fetch, push and a push of many megabytes in chunks, as it is", async (t) => {
  const home = temporaryDirectory(t);
  const root = join(home, "repositories");
  mkdirSync(root);
  await git(home, "init", "--bare", join(root, "project.git"));
  const { url, log } = await startGateway(t, await backend(home, root), { top: "limits: {body: 64MiB, reply: 64MiB}" });
  const remote = `${url}/git/project.git`;

  const first = join(home, "first");
  await git(home, "init", first);
  writeFileSync(join(first, "a.txt"), "hello\n");
  await git(home, "-C", first, "add", ".");
  await git(home, "-C", first, "commit", "-m", "one");
  await git(home, "-C", first, "push", remote, "main");

  const second = join(home, "second");
  await git(home, "clone", "-b", "main", remote, second);
  assert.equal(await git(home, "-C", second, "log", "--format=%s"), "one\n");

  // Beyond http.postBuffer git does not know the length before: it asks with a small request and sends chunks.
  writeFileSync(join(second, "big.bin"), randomBytes(12 * 2 ** 20));
  await git(home, "-C", second, "add", ".");
  await git(home, "-C", second, "commit", "-m", "big");
  assert.match(await git(home, "-C", second, "push", "origin", "main"), /transfer-encoding: chunked/i);

  await git(home, "-C", first, "commit", "--allow-empty", "-m", "aside");
  await git(home, "-C", first, "fetch", remote, "main");
  const [fetched, pushed] = [
    await git(home, "-C", first, "rev-parse", "FETCH_HEAD"),
    await git(home, "-C", second, "rev-parse", "HEAD"),
  ];
  assert.equal(fetched, pushed);
  assert.equal(await git(home, "-C", join(root, "project.git"), "rev-parse", "main"), pushed);
  await git(home, "-C", join(root, "project.git"), "fsck", "--strict");

  await assert.rejects(git(home, "clone", `${url}/git/nothing.git`, join(home, "third")), /not found/);
  assert.deepEqual(
    log.lines.filter(({ level }) => Number(level) >= 50),
    [],
  );
});

test("a compressed request reaches git http-backend as it came", async (t) => {
  const home = temporaryDirectory(t);
  await git(home, "init", "source");
  await git(home, "-C", "source", "commit", "--allow-empty", "-m", "start");
  const { url } = await startGateway(t, await backend(home, home));
  await git(home, "clone", `${url}/git/source/.git`, "copy");
  // A request of more than a kilobyte is compressed: one that wants many branches is.
  const branch = (n: number) =>
    `commit refs/heads/b${n}\ncommitter T <t@example.org> ${n} +0000\ndata 1\nx\nfrom refs/heads/main^0\n`;
  const stream = join(home, "stream");
  writeFileSync(stream, Array.from({ length: 60 }, (_, n) => branch(n)).join("\n"));
  await execute("sh", ["-c", 'git fast-import --quiet < "$0"', stream], { cwd: join(home, "source") });
  const trace = await git(home, "-c", "protocol.version=0", "-C", "copy", "fetch", "origin");
  assert.match(trace, /content-encoding: gzip/i);
  const fetched = await git(home, "-C", "copy", "branch", "-r", "--list", "origin/b*");
  assert.equal(fetched.trim().split("\n").length, 60);
});
