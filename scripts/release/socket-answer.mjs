import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run.mjs";

// One request whose process answers on the socket: everything but the front takes part.
const PROGRAM = `
import assert from "node:assert/strict";
import { createGateway } from "urocket/gateway";
const post = 'exec curl -sS --unix-socket "$UROCKET_SOCKET" "http://urocket/urhttp/$REQUEST_ID" --data-raw hello';
const gateway = await createGateway({
  routes: [{ path: "/a", verb: "get", cmd: ["/bin/sh", "-c", post], timeout: "1m", onExit: "error" }],
});
const { status, body } = await gateway.request({ verb: "get", path: "/a" });
assert.deepEqual([status, body.toString()], [200, "hello"]);
await gateway.close();
`;

/**
 * Lets a gateway within a program answer a request, with the server library in it. qemu refuses the command line's gateway,
 * for it has no subreaper.
 */
export function checkSocketAnswer(directory, [command, ...words]) {
  const file = join(directory, "socket-answer.mjs");
  writeFileSync(file, PROGRAM);
  run(command, [...words, file], { cwd: directory });
}
