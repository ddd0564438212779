// Load where wrk is not installed: requests on keep-alive connections; prints the figures that wrk would.
// Arguments: URL, connections, milliseconds, verb, bytes of the body (0: none).
import { Agent, request } from "node:http";

const [url, connections, milliseconds, method, bytes] = process.argv.slice(2);
const body = Number(bytes) > 0 ? JSON.stringify("x".repeat(Number(bytes) - 2)) : "";
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const headers = body === "" ? {} : { "content-type": "application/json", "content-length": body.length };
const begin = performance.now();
const end = begin + Number(milliseconds);
const latencies = [];
let failures = 0;

await Promise.all(Array.from({ length: Number(connections) }, connection));
const elapsed = performance.now() - begin;
agent.destroy();
latencies.sort((a, b) => a - b);
const percentile = (share) => latencies[Math.ceil(share * latencies.length) - 1];
const requests = latencies.length;
const figures = { requests, perSecond: (requests * 1000) / elapsed, p50: percentile(0.5), p99: percentile(0.99) };
console.log(`figures ${JSON.stringify({ ...figures, failures })}`);

async function connection() {
  while (performance.now() < end) {
    const sent = performance.now();
    if ((await ask()) !== 200) failures++;
    latencies.push(performance.now() - sent);
  }
}

function ask() {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      response.resume();
      response.on("error", reject);
      response.on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
