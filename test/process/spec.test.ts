import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { run, type SpawnSpec, Supervisor, type SupervisorOptions } from "../../lib/process/index.ts";
import { supervise } from "../helpers/process-supervisor.ts";

/** What is wrong with a spec, and the message that says so; the casts let through what TypeScript would refuse. */
const MISTAKES: readonly [wrong: object, message: string][] = [
  [{ argv: [] }, "expected `argv` to be at least one word, got none"],
  [{ argv: "echo hi" }, "expected `argv` to be a list of words, got string"],
  [{ argv: ["echo", 1] }, "expected `argv[1]` to be text, got number"],
  [{ argv: new Array(1) }, "expected `argv[0]` to be text, got undefined"],
  [{ argv: ["a\0b"] }, 'expected `argv[0]` to be text without NUL bytes, got "a\\u0000b"'],
  [{ file: "" }, 'expected `file` to be a path, got ""'],
  [{ file: "/bin/\0" }, 'expected `file` to be text without NUL bytes, got "/bin/\\u0000"'],
  [{ cwd: "" }, 'expected `cwd` to be a path, got ""'],
  [{ cwd: 1 }, "expected `cwd` to be text, got number"],
  [{ env: undefined }, "expected `env` to be a list of NAME=value or an object, got undefined"],
  [{ env: null }, "expected `env` to be a list of NAME=value or an object, got null"],
  [{ env: ["NAME"] }, 'expected `env` to be a list of NAME=value, got "NAME"'],
  [{ env: ["=value"] }, 'expected `env` to be a list of NAME=value, got "=value"'],
  [{ env: [7] }, "expected `env` to be a list of NAME=value, got 7"],
  [{ env: new Map([["A", "b"]]) }, "expected `env` to be a list of NAME=value or an object, got Map"],
  [{ env: "A=b" }, 'expected `env` to be a list of NAME=value or an object, got "A=b"'],
  [{ env: { "A\0": "b" } }, 'expected `env` to be text without NUL bytes, got "A\\u0000"'],
  [{ env: ["A=\0"] }, 'expected `env[0]` to be text without NUL bytes, got "A=\\u0000"'],
  [{ env: { "A=B": "c" } }, 'expected `env` to be names without =, got "A=B"'],
  [{ env: { "": "c" } }, 'expected `env` to be names without =, got ""'],
  [{ env: { A: 1 } }, "expected `env.A` to be text, got number"],
  [{ env: { A: null } }, "expected `env.A` to be text, got null"],
  [{ stdin: "text" }, 'expected `stdin` to be null, inherit, pipe, bytes, {fd} or, with spawn(), a stream, got "text"'],
  [{ stdin: {} }, "expected `stdin` to be null, inherit, pipe, bytes, {fd} or, with spawn(), a stream, got {}"],
  [{ stdin: null }, "expected `stdin` to be null, inherit, pipe, bytes, {fd} or, with spawn(), a stream, got null"],
  [{ stdin: { fd: -1 } }, "expected `stdin` to be an open descriptor, got -1"],
  [{ stdin: { fd: 2 ** 31 } }, "expected `stdin` to be an open descriptor, got 2147483648"],
  [{ stdout: "merge" }, 'expected `stdout` to be null, inherit, pipe, {capture} or {fd}, got "merge"'],
  [{ stdout: null }, "expected `stdout` to be null, inherit, pipe, {capture} or {fd}, got null"],
  [{ stdout: { fd: 1.5 } }, "expected `stdout` to be an open descriptor, got 1.5"],
  [{ stdout: { capture: -1 } }, "expected `stdout.capture` to be a number of bytes up to 268435456, got -1"],
  [{ stderr: "file" }, 'expected `stderr` to be null, inherit, pipe, merge, {capture} or {fd}, got "file"'],
  [{ stderr: { capture: "1k" } }, 'expected `stderr.capture` to be a number of bytes up to 268435456, got "1k"'],
  [{ stdout: { capture: 3e9 } }, "expected `stdout.capture` to be a number of bytes up to 268435456, got 3000000000"],
  [{ stdout: 5n }, "expected `stdout` to be null, inherit, pipe, {capture} or {fd}, got 5"],
  [{ fds: 5 }, "expected `fds` to be descriptors by number, got 5"],
  [{ fds: null }, "expected `fds` to be descriptors by number, got null"],
  [{ fds: new Map([[3, 1]]) }, "expected `fds` to be descriptors by number, got Map"],
  [{ files: [] }, "expected `files` to be bytes by number, got Array"],
  [{ cgroup: "x" }, 'expected `cgroup` to be bounds by name, got "x"'],
  [{ cgroup: { memroy: 5 } }, 'expected `cgroup` to be bounds by name (memory, cpu, pids), got "memroy"'],
  [{ rlimits: 5 }, "expected `rlimits` to be bounds by name, got 5"],
  [{ groups: 5 }, "expected `groups` to be a list of groups, got 5"],
  [{ user: {} }, "expected `user` to be text, got object"],
  [{ user: "nobody\0x" }, 'expected `user` to be text without NUL bytes, got "nobody\\u0000x"'],
  [{ group: true }, "expected `group` to be text, got boolean"],
  [{ noNewPrivs: 1 }, "expected `noNewPrivs` to be true or false, got 1"],
  [{ newSession: "no" }, 'expected `newSession` to be true or false, got "no"'],
  [{ killSignal: 9n }, "expected `killSignal` to be a signal name such as SIGTERM, got 9"],
  [{ timeout: Object.create(null) }, "expected `timeout` to be milliseconds, 0 or more, got {}"],
  [{ requestId: 7 }, "expected `requestId` to be text, got number"],
  [{ fds: { 2: 1 } }, "expected `fds` to be numbers from 3 to 1023 (0 to 2 are stdin, stdout, stderr), got 2"],
  [{ fds: { 1024: 1 } }, "expected `fds` to be numbers from 3 to 1023 (0 to 2 are stdin, stdout, stderr), got 1024"],
  [{ fds: { log: 1 } }, "expected `fds` to be numbers from 3 to 1023 (0 to 2 are stdin, stdout, stderr), got log"],
  [{ fds: { "0x3": 1 } }, "expected `fds` to be numbers from 3 to 1023 (0 to 2 are stdin, stdout, stderr), got 0x3"],
  [{ fds: { 3: "x" } }, 'expected `fds[3]` to be an open descriptor, got "x"'],
  [{ files: { 3: "text" } }, "expected `files[3]` to be bytes, got string"],
  [
    { files: { 2: Buffer.alloc(0) } },
    "expected `files` to be numbers from 3 to 1023 (0 to 2 are stdin, stdout, stderr), got 2",
  ],
  [{ fds: { 3: 0 }, files: { 3: Buffer.alloc(0) } }, "expected `files` to be numbers that `fds` has not, got 3"],
  [{ timeout: -1 }, "expected `timeout` to be milliseconds, 0 or more, got -1"],
  [{ timeout: Number.NaN }, "expected `timeout` to be milliseconds, 0 or more, got NaN"],
  [{ grace: "1s" }, 'expected `grace` to be milliseconds, 0 or more, got "1s"'],
  [{ linger: -5 }, "expected `linger` to be milliseconds, 0 or more, got -5"],
  [{ drain: null }, "expected `drain` to be milliseconds, 0 or more, got null"],
  [{ killSignal: "TERM" }, 'expected `killSignal` to be a signal name such as SIGTERM, got "TERM"'],
  [{ killSignal: "SIGRTMIN+31" }, 'expected `killSignal` to be a signal name such as SIGTERM, got "SIGRTMIN+31"'],
  [{ killSignal: "SIG0" }, 'expected `killSignal` to be a signal name such as SIGTERM, got "SIG0"'],
  [{ killSignal: "toString" }, 'expected `killSignal` to be a signal name such as SIGTERM, got "toString"'],
  [{ user: "no-such-user" }, 'expected `user` to be a user of this system, got "no-such-user"'],
  [{ user: 0xffffffff }, "expected `user` to be a whole number from 0 to 4294967294, got 4294967295"],
  [{ group: "no-such-group" }, 'expected `group` to be a group of this system, got "no-such-group"'],
  [{ groups: [-1] }, "expected `groups` to be a whole number from 0 to 4294967294, got -1"],
  [{ umask: 0o1000 }, "expected `umask` to be a whole number from 0 to 511, got 512"],
  [{ nice: 20 }, "expected `nice` to be a whole number from -20 to 19, got 20"],
  [{ oomScoreAdj: 1001 }, "expected `oomScoreAdj` to be a whole number from -1000 to 1000, got 1001"],
  [{ rlimits: { cpu: -1 } }, 'expected `rlimits.cpu` to be a whole number or "unlimited", got -1'],
  [{ rlimits: { as: "1G" } }, 'expected `rlimits.as` to be a whole number or "unlimited", got "1G"'],
  [
    { rlimits: { core: { soft: 2, hard: 1 } } },
    "expected `rlimits.core` to be a soft bound not above the hard one, got 2 and 1",
  ],
  [
    { rlimits: { core: { soft: "unlimited", hard: 1 } } },
    "expected `rlimits.core` to be a soft bound not above the hard one, got unlimited and 1",
  ],
  [
    { rlimits: { files: 1 } },
    "expected `rlimits` to be names among cpu, fsize, data, stack, core, rss, nproc, nofile, memlock, as, locks, " +
      'sigpending, msgqueue, nice, rtprio, rttime, got "files"',
  ],
  [{ cgroup: { memory: 0 } }, "expected `cgroup.memory` to be a number of bytes above 0, got 0"],
  [{ cgroup: { pids: 1.5 } }, "expected `cgroup.pids` to be a number of processes above 0, got 1.5"],
  [{ cgroup: { cpu: 0 } }, "expected `cgroup.cpu` to be a number of CPUs, got 0"],
  [{ cgroup: { cpu: Number.POSITIVE_INFINITY } }, "expected `cgroup.cpu` to be a number of CPUs, got Infinity"],
];

test("a mistake in a spec is refused at once: what was expected, and what came", (t) => {
  const supervisor = supervise(t);
  for (const [wrong, message] of MISTAKES) {
    const spec = { argv: ["/bin/true"], env: [], ...wrong } as SpawnSpec;
    assert.throws(() => supervisor.spawn(spec), { name: "UrocketError", code: "spawn-spec-invalid", message });
  }
  assert.equal(supervisor.size, 0);
});

test("what a spec has no name for is refused, and the names are told", (t) => {
  const supervisor = supervise(t);
  const misspelt = { argv: ["/bin/true"], env: [], timeuot: 5 } as SpawnSpec;
  const message = /^expected `spec` to be a specification \(argv, file, env, .*requestId\), got "timeuot"$/;
  assert.throws(() => supervisor.spawn(misspelt), { code: "spawn-spec-invalid", message });
  const elsewhere = { argv: ["/bin/true"], env: [], signal: AbortSignal.abort() } as SpawnSpec;
  assert.throws(() => supervisor.spawn(elsewhere), { message: /got "signal"$/ });
  assert.equal(supervisor.size, 0);
});

test("a mistake beside the spec is refused as well", async (t) => {
  const supervisor = supervise(t);
  const spec = { argv: ["/bin/sleep", "60"], env: [] };
  const refused = (call: () => unknown, message: string): void =>
    assert.throws(call, { code: "spawn-spec-invalid", message });
  refused(() => supervisor.spawn(spec, null as never), "expected `options` to be an object, got null");
  refused(
    () => supervisor.spawn(spec, { timeout: 5 } as never),
    'expected `options` to be an object (signal), got "timeout"',
  );
  const wanted = "expected `observer` to be an object with onDeadline and onExit, got ";
  refused(() => supervisor.start(spec, undefined as never), `${wanted}undefined`);
  refused(() => supervisor.start(spec, { onExit: () => {} } as never), `${wanted}{}`);
  assert.equal(supervisor.size, 0);
  const child = supervisor.start({ ...spec, stdin: "pipe" }, { onDeadline: () => {}, onExit: () => {} });
  refused(() => child.kill(9 as never), "expected `reason` to be text, got 9");
  refused(() => child.write("text" as never), 'expected `bytes` to be a Uint8Array, got "text"');
  refused(() => supervisor.close(5 as never), "expected `options` to be an object, got 5");
  refused(() => supervisor.close({ grace: 5 } as never), 'expected `options` to be an object (wait), got "grace"');
});

test("a mistake leaves the supervisor as it was: the next process runs", async (t) => {
  const supervisor = supervise(t);
  assert.throws(() => supervisor.spawn({ argv: ["/bin/true"], env: [], timeout: -1 }));
  assert.equal((await supervisor.spawn({ argv: ["/bin/true"], env: [] }).exited).code, 0);
});

test("a stream as standard input is only taken by spawn, which feeds it", (t) => {
  const supervisor = supervise(t);
  const observer = { onDeadline: () => {}, onExit: () => {} };
  const message = "expected `stdin` to be null, inherit, pipe, bytes, {fd} or, with spawn(), a stream, got Readable";
  assert.throws(() => supervisor.start({ argv: ["/bin/cat"], env: [], stdin: Readable.from([]) }, observer), {
    message,
  });
});

test("what can't be used with a process is refused before the process is started", async (t) => {
  const supervisor = supervise(t);
  const locked = new Blob(["x"]).stream();
  locked.getReader();
  const spec = { argv: ["/bin/sleep", "60"], env: [] };
  assert.throws(() => supervisor.spawn({ ...spec, stdin: locked }), {
    message: "expected `stdin` to be a stream that nobody else reads, got a locked ReadableStream",
  });
  assert.throws(() => supervisor.spawn(spec, { signal: {} as AbortSignal }), {
    message: "expected `signal` to be an AbortSignal, got {}",
  });
  assert.throws(() => supervisor.spawn(null as unknown as SpawnSpec), {
    message: "expected `spec` to be a specification, got null",
  });
  assert.equal(supervisor.size, 0);
});

test("a refused spec leaves a stream that was to be fed untouched", (t) => {
  const supervisor = supervise(t);
  const stream = new ReadableStream<Uint8Array>();
  assert.throws(() => supervisor.spawn({ argv: [], env: [], stdin: stream }), { code: "spawn-spec-invalid" });
  assert.equal(stream.locked, false);
});

test("a mistake given to run() rejects its promise", async () => {
  await assert.rejects(run("/bin/true", [], { timeout: -1 }), { code: "spawn-spec-invalid" });
  const refused = { code: "spawn-spec-invalid", message: 'expected `args` to be a list of words, got "words"' };
  await assert.rejects(run("/bin/echo", "words" as never), refused);
  await assert.rejects(run("/bin/true", [], null as never), {
    message: "expected `options` to be an object, got null",
  });
});

test("a mistake in the options of a supervisor is refused: what was expected, and what came", () => {
  const mistakes: readonly [object, string][] = [
    [[], "expected `options` to be options of a supervisor, got Array"],
    [
      { spawner: 2 },
      "expected `options` to be options of a supervisor (subreaper, concurrentStarts, cgroupParent, keepRecords, " +
        'maxRecords, maxRecordBytes, without), got "spawner"',
    ],
    [{ keepRecords: -1 }, "expected `keepRecords` to be a whole number, 0 or more, got -1"],
    [{ concurrentStarts: 257 }, "expected `concurrentStarts` to be a whole number from 1 to 256, got 257"],
    [{ maxRecords: 0.5 }, "expected `maxRecords` to be a whole number, 0 or more, got 0.5"],
    [{ without: "clone3" }, 'expected `without` to be a list of abilities, got "clone3"'],
    [{ cgroupParent: 5 }, "expected `cgroupParent` to be text, got number"],
    [
      { without: ["epoll"] },
      "expected `without` to be names among shared-memory, clone3, pidfd, group-signal, close-range, got epoll",
    ],
    [
      { cgroupParent: "/nonexistent" },
      "expected `cgroupParent` to be a writable cgroup v2 directory, got /nonexistent",
    ],
  ];
  for (const [wrong, message] of mistakes) {
    assert.throws(() => new Supervisor(wrong as SupervisorOptions), { code: "spawn-spec-invalid", message });
  }
});
