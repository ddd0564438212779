import assert from "node:assert/strict";
import { test } from "node:test";
import { type Inherited, inheritedSockets } from "../../lib/cli/activation.ts";
import type { SocketFacts } from "../../lib/process/sockets.ts";

const PID = 4711;
const SOCKET_PATH = "/run/urocket.sock";
const TCP: SocketFacts = { family: "ipv4", stream: true, listening: true, address: "127.0.0.1", port: 80 };
const UNIX: SocketFacts = { ...TCP, family: "unix", address: SOCKET_PATH, port: 0 };

function inherited(sockets: readonly (SocketFacts | undefined)[], own: Record<string, string> = {}): Inherited {
  return inheritedSockets({
    own: { LISTEN_PID: String(PID), LISTEN_FDS: String(sockets.length), ...own },
    pid: PID,
    socketPath: SOCKET_PATH,
    describe: (fd) => sockets[fd - 3],
  });
}

function fds({ front, back }: Inherited): [front: number | undefined, back: number | undefined] {
  return [front?.fd, back?.fd];
}

test("without names TCP is the front and a unix socket the back, in any order", () => {
  assert.deepEqual(fds(inherited([TCP])), [3, undefined]);
  assert.deepEqual(fds(inherited([UNIX])), [undefined, 3]);
  assert.deepEqual(fds(inherited([UNIX, { ...TCP, family: "ipv6" }])), [4, 3]);
});

test("names decide, others than ours do not", () => {
  const proxy = { ...UNIX, address: "/run/front.sock" };
  assert.deepEqual(fds(inherited([proxy, UNIX], { LISTEN_FDNAMES: "front:back" })), [3, 4]);
  assert.deepEqual(fds(inherited([TCP, UNIX], { LISTEN_FDNAMES: "urocket.socket:unknown" })), [3, 4]);
});

test("sockets that were meant for another process are none of ours", () => {
  assert.deepEqual(fds(inherited([TCP], { LISTEN_PID: "1" })), [undefined, undefined]);
  assert.deepEqual(fds(inheritedSockets({ own: {}, pid: PID, socketPath: SOCKET_PATH, describe: () => TCP })), [
    undefined,
    undefined,
  ]);
});

const REFUSED: [title: string, sockets: (SocketFacts | undefined)[], names: string, message: RegExp][] = [
  ["two fronts", [TCP, TCP], "", /^expected one socket for the front, got descriptor 4 as another$/],
  ["two backs", [UNIX, UNIX], "", /^expected one socket for the back, got descriptor 4 as another$/],
  [
    "a datagram socket",
    [{ ...TCP, stream: false, listening: false }],
    "",
    /^expected descriptor 3 .*, got a socket of another type$/,
  ],
  ["a connection", [{ ...TCP, listening: false }], "", /^expected descriptor 3 .*, got another stream socket$/],
  ["an unknown family", [{ ...TCP, family: "other" }], "", /^expected descriptor 3 .*, got another stream socket$/],
  ["what is no socket", [TCP, undefined], "", /^expected descriptor 4 .*, got no socket$/],
  ["a back on TCP", [TCP], "back", /^expected the socket named `back` to be a unix socket, got ipv4$/],
  [
    "a back that processes will not look for",
    [{ ...UNIX, address: "/run/other.sock" }],
    "",
    /^expected the socket for the back at \/run\/urocket.sock, got \/run\/other.sock$/,
  ],
];

for (const [title, sockets, names, message] of REFUSED) {
  test(`${title} is refused`, () => {
    assert.throws(() => inherited(sockets, { LISTEN_FDNAMES: names }), { code: "activation-refused", message });
  });
}
