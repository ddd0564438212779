// Programs as functions: each request runs a route's command under supervision, without any HTTP.
import { createGateway } from "urocket/gateway";

const kinds = ["md5", "sha1", "sha256"];
const sums = kinds.map((kind) => ({ path: `/sum/${kind}`, verb: "post", cmd: `${kind}sum`, channel: "stdin" }));

const gateway = await createGateway({
  routes: [...sums, { path: "/fail", verb: "post", cmd: "/bin/false" }],
  defaults: { reply: "stdout" },
  limits: { processes: 4 },
});

try {
  const requests = sums.map(({ verb, path }) => gateway.request({ verb, path, body: "hello" }));
  for (const { status, body } of await Promise.all(requests)) console.log(status, body.toString().trim());

  // What fails is a response too: a problem document that says why.
  const failed = await gateway.request({ verb: "post", path: "/fail" });
  console.log(failed.status, JSON.parse(failed.body.toString()).detail);
} finally {
  await gateway.close();
}
