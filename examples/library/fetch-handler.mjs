// A gateway behind the HTTP server of somebody else: here node's own. A caller that hangs up ends its process.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { createGateway } from "urocket/gateway";

const gateway = await createGateway({
  routes: [
    { path: "/upper", verb: "post", cmd: "tr a-z A-Z", channel: "stdin", reply: "stdout", contentType: "text/plain" },
  ],
});

const server = createServer(async (request, response) => {
  const { pathname: path, search } = new URL(request.url, "http://localhost");
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  try {
    const body = await buffer(request);
    const query = search.slice(1);
    const answer = await gateway.request({ verb: request.method, path, query, body }, { signal: controller.signal });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
  } catch (error) {
    if (!controller.signal.aborted) response.writeHead(400).end(error.message);
  }
});
server.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));

const url = `http://127.0.0.1:${server.address().port}/upper`;
const answer = await fetch(url, { method: "POST", body: "from a caller" });
console.log(answer.status, await answer.text());

server.close();
server.closeAllConnections();
await gateway.close();
