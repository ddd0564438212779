// What one writes in an afternoon: the same job as ours with node:http and node:child_process. It gives its processes
// the same environment and the same timeout, ignores stdout, reads stderr, and answers 502 where nobody else will.
// Arguments: port of the front, path of the unix socket, program.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const [port, socketPath, program] = process.argv.slice(2);
const waiting = new Map();

const front = createServer(async (request, response) => {
  const id = randomUUID();
  const payload = await text(request);
  waiting.set(id, response);
  const env = { REQUEST_ID: id, URIPATH: request.url, UROCKET_SOCKET: socketPath };
  const child = spawn(program, [payload], { env, stdio: ["ignore", "ignore", "pipe"], timeout: 1000 });
  child.stderr.resume();
  child.on("error", () => settle(id, 502, "text/plain", "the process could not be started"));
  child.on("exit", (code) => code !== 0 && settle(id, 502, "text/plain", "the process failed"));
});

const back = createServer(async (request, response) => {
  const body = await text(request);
  const found = settle(request.url.split("/").pop(), 200, request.headers["content-type"], body);
  response.writeHead(found ? 200 : 404).end(found ? "ok" : "unknown request id");
});

function settle(id, status, contentType, body) {
  const caller = waiting.get(id);
  waiting.delete(id);
  caller?.writeHead(status, { "content-type": contentType }).end(body);
  return caller !== undefined;
}

back.listen(socketPath, () => front.listen(Number(port), "127.0.0.1"));
