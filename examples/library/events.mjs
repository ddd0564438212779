// What happens inside is told on diagnostics channels: here every request's end and every process's exit record.
import { createGateway, events } from "urocket/gateway";

events.ended.subscribe(({ route, verb, status, how }) => console.log("ended", verb, route, status, how));
events.exited.subscribe(({ route, record }) => console.log("exited", route, record.how, record.code));

const gateway = await createGateway({
  routes: [{ path: "/three", verb: "get", cmd: ["/bin/sh", "-c", "exit 3"], reply: "report" }],
});
const { status, body } = await gateway.request({ verb: "get", path: "/three" });
console.log(status, JSON.parse(body.toString()).exit);
await gateway.close();
