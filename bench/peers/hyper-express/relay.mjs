// Two hyper-express servers and a Map: the same two exchanges as ours, with the caller and with the program that posts
// the answers, and nothing else. Arguments: port, path of the unix socket, the program.
import { randomUUID } from "node:crypto";
import HyperExpress from "hyper-express";
import { startPoster } from "../../tools/poster.mjs";

const [port, socketPath, poster] = process.argv.slice(2);
const waiting = new Map();
// Its own handler of SIGTERM would keep us from ending.
const options = { auto_close: false };

const back = new HyperExpress.Server(options);
back.post("/urhttp/:id", async (request, response) => {
  const { id } = request.path_parameters;
  const type = request.headers["content-type"];
  const body = await request.text();
  const caller = waiting.get(id);
  waiting.delete(id);
  response.send("ok");
  // Not from within this handler: uWebSockets corks one response at a time, and the other would take a system call for
  // each of its parts.
  setImmediate(() => caller.header("content-type", type).send(body));
});
await back.listen(socketPath);
const post = startPoster(poster, socketPath, () => {});

const front = new HyperExpress.Server(options);
front.post("/echo", async (request, response) => {
  const id = randomUUID();
  const body = await request.text();
  waiting.set(id, response);
  post(id, body);
});
await front.listen(Number(port), "127.0.0.1");
