// Programs as functions: each request runs a route's command under supervision, without any HTTP.
import { createGateway } from "urocket/gateway";

const gateway = await createGateway({
  routes: [
    { path: "/sum/{kind}", verb: "post", cmd: ["sh", "-c", '"{{param.kind}}sum"'], channel: "stdin", reply: "stdout" },
    { path: "/fail", verb: "post", cmd: "/bin/false", reply: "stdout" },
  ],
  limits: { processes: 4 },
});

try {
  const sums = await Promise.all(
    ["md5", "sha1", "sha256"].map((kind) => gateway.request({ verb: "post", path: `/sum/${kind}`, body: "hello" })),
  );
  for (const { status, body } of sums) console.log(status, body.toString().trim());

  // What fails is a response too: a problem document that says why.
  const failed = await gateway.request({ verb: "post", path: "/fail" });
  console.log(failed.status, JSON.parse(failed.body.toString()).detail);
} finally {
  await gateway.close();
}
