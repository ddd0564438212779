// hyper-express alone, as its manual has it: the same exchange with the caller and nothing else. Argument: port.
import HyperExpress from "hyper-express";

// Its own handler of SIGTERM would keep us from ending.
const server = new HyperExpress.Server({ auto_close: false });
server.post("/echo", async (request, response) => {
  const body = await request.text();
  response.header("content-type", "application/json").send(body);
});
await server.listen(Number(process.argv[2]), "127.0.0.1");
