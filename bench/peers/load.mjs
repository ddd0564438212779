// Load where wrk is not installed: posts on keep-alive connections and prints the figures that wrk would.
// Arguments: URL, connections, milliseconds.
import { Agent, request } from "node:http";

const [url, connections, milliseconds] = process.argv.slice(2);
const BODY = '{"payload":"low"}';
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const headers = { "content-type": "application/json", "content-length": BODY.length };
const begin = performance.now();
const end = begin + Number(milliseconds);
const latencies = [];

await Promise.all(Array.from({ length: Number(connections) }, connection));
const elapsed = performance.now() - begin;
agent.destroy();
latencies.sort((a, b) => a - b);
const percentile = (share) => latencies[Math.ceil(share * latencies.length) - 1];
const perSecond = (latencies.length * 1000) / elapsed;
console.log(JSON.stringify({ perSecond, p50: percentile(0.5), p99: percentile(0.99) }));

async function connection() {
  while (performance.now() < end) {
    const sent = performance.now();
    await post();
    latencies.push(performance.now() - sent);
  }
}

function post() {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: "POST", headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200 && body === BODY) resolve();
        else reject(new Error(`expected 200 and the payload, got ${response.statusCode} ${body}`));
      });
    });
    sent.on("error", reject);
    sent.end(BODY);
  });
}
