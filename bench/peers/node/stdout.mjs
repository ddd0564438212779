// What one writes in an afternoon: node:http in front of node:child_process, the output of the program is the answer.
// Arguments: port, folder of the programs.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";

const [port, programs] = process.argv.slice(2);
const options = { env: {}, encoding: "buffer", timeout: 10_000 };

createServer((request, response) => {
  request.resume();
  execFile(join(programs, request.url), [], options, (error, stdout) => {
    if (error) response.writeHead(502).end("the process failed");
    else response.writeHead(200, { "content-type": "text/plain" }).end(stdout);
  });
}).listen(Number(port), "127.0.0.1");
