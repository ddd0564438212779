import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { parse, parseAllDocuments } from "yaml";
import { parseConfig } from "../../lib/config/index.ts";
import { curl } from "../helpers/curl.ts";
import { blocksOf } from "../helpers/fences.ts";
import { startGateway } from "../helpers/gateway.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const DEPLOY = join(import.meta.dirname, "../../deploy");
const ROOT = join(DEPLOY, "..");

const UNITS = ["urocket.service", "urocket.socket"];
const [SERVICE = "", BOUNDS = "", SOCKET = ""] = blocksOf("docs/operations.md", "ini", 3);

test("the units in deploy/ are those that docs/operations.md explains", () => {
  assert.deepEqual(
    UNITS.map((name) => readFileSync(join(DEPLOY, "systemd", name), "utf8")),
    [SERVICE, SOCKET],
  );
});

test("systemd has nothing to say against the units, nor against the service with the bounds by cgroup", (t) => {
  const directory = temporaryDirectory(t);
  const [service = "", socket = ""] = UNITS.map((name) => join(directory, name));
  const bounded = join(directory, "bounded.service");
  writeFileSync(service, installed(SERVICE));
  writeFileSync(socket, SOCKET);
  // Its newest line is unknown to the systemd of Debian 12.
  writeFileSync(bounded, installed(SERVICE) + BOUNDS.replace(/^DelegateSubgroup=.*\n/m, ""));
  assert.deepEqual(analyze("verify", service, socket, bounded), { status: 0, stderr: "" });
});

test("the sandbox of the service leaves open what it needs, and little else", (t) => {
  const directory = temporaryDirectory(t);
  const service = join(directory, "urocket.service");
  writeFileSync(service, installed(SERVICE));
  // Of 100.
  const words = ["security", "--offline=yes", "--no-pager", "--threshold=27"];
  assert.deepEqual(analyze(...words, service), { status: 0, stderr: "" });
  writeFileSync(
    service,
    installed(SERVICE)
      .replace("NoNewPrivileges=yes\n", "")
      .replace(/^SystemCallFilter=.*\n/m, ""),
  );
  assert.equal(analyze(...words, service).status, 1);
});

/** The program need not be installed here; that the command can be run is part of the check. */
function installed(unit: string): string {
  return unit.replace("/usr/bin/urocket", process.execPath);
}

function analyze(...words: readonly string[]) {
  const { status, stderr } = spawnSync("systemd-analyze", words, { encoding: "utf8" });
  return { status, stderr };
}

test("the configuration of the image is understood, and its ports are those that the image names", () => {
  const config = parseConfig(readFileSync(join(DEPLOY, "container.yaml"), "utf8"), "container.yaml");
  const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8");
  assert.match(dockerfile, new RegExp(`^EXPOSE ${config.port} ${config.admin?.port}$`, "m"));
  assert.match(dockerfile, /^CMD \["urocket", /m);
});

test("the image takes nothing but the package and its configuration from this folder", () => {
  const ignored = readFileSync(join(ROOT, ".dockerignore"), "utf8").trim().split("\n");
  assert.equal(ignored[0], "*");
  const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8");
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(\S+) /gm)].map(([, source]) => `!${source}`);
  assert.deepEqual(copied.sort(), ignored.slice(1).sort());
});

test("the Kubernetes example fits together: configuration, ports, probes, volumes, names", () => {
  const { configMap, deployment, service } = objectsOf("kubernetes.yaml");
  const config = parseConfig(configMap.data["urocket-service.yaml"], "urocket-service.yaml");
  const { metadata, spec } = deployment.spec.template;
  const [container] = spec.containers;
  const ports = Object.fromEntries(
    container.ports.map(({ name, containerPort }: { name: string; containerPort: number }) => [name, containerPort]),
  );
  assert.deepEqual(ports, { http: config.port, admin: config.admin?.port });
  assert.deepEqual(container.livenessProbe.httpGet, { path: "/livez", port: "admin" });
  assert.deepEqual(container.readinessProbe.httpGet, { path: "/readyz", port: "admin" });
  assert.deepEqual([metadata.labels, service.spec.selector], Array(2).fill(deployment.spec.selector.matchLabels));
  assert.equal(service.spec.ports[0].targetPort, "http");
  const named = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name).sort();
  assert.deepEqual(named(container.volumeMounts), named(spec.volumes));
  assert.equal(spec.volumes[0].configMap.name, configMap.metadata.name);
  assert.ok(config.grace < spec.terminationGracePeriodSeconds * 1000);
});

test("the Kubernetes example with a delegated cgroup is the other one, but for that", () => {
  const { configMap, deployment, runtimeClass } = objectsOf("kubernetes-cgroup.yaml");
  const plain = objectsOf("kubernetes.yaml");
  const { runtimeClassName, hostUsers, securityContext, containers, ...pod } = deployment.spec.template.spec;
  const [{ command, ...container }] = containers;
  assert.equal(runtimeClassName, runtimeClass.metadata.name);
  assert.equal(hostUsers, false);
  const plainPod = plain.deployment.spec.template.spec;
  assert.deepEqual({ ...pod, containers: [container], securityContext: plainPod.securityContext }, plainPod);
  assert.deepEqual(securityContext.seccompProfile, plainPod.securityContext.seccompProfile);

  const { cgroupparent, ...config } = parse(configMap.data["urocket-service.yaml"]);
  const plainConfig = parse(plain.configMap.data["urocket-service.yaml"]);
  const { cgroup, ...route } = config.paths["/hello/{name}"].get;
  const { rlimits: _, ...plainRoute } = plainConfig.paths["/hello/{name}"].get;
  assert.deepEqual({ ...config, paths: {} }, { ...plainConfig, paths: {} });
  assert.deepEqual(route, plainRoute);
  parseConfig(configMap.data["urocket-service.yaml"], "urocket-service.yaml");
  // Each controller that a route asks for is handed on, below the group that is named.
  const [, , script] = command;
  for (const name of Object.keys(cgroup)) assert.match(script, new RegExp(`\\+${name}.* > ${cgroupparent}/cgroup.sub`));
  const [, start] = /^CMD (.*)$/m.exec(readFileSync(join(ROOT, "Dockerfile"), "utf8")) ?? [];
  assert.ok(script.endsWith(`exec ${JSON.parse(start ?? "[]").join(" ")}\n`));
});

test("the configuration for Kubernetes lets the kubelet ask the probes, and nobody without the token for more", async (t) => {
  const { configMap } = objectsOf("kubernetes.yaml");
  const [, paths = ""] = configMap.data["urocket-service.yaml"].split(/^paths:\n/m);
  const { host, tokenfile } = parse(configMap.data["urocket-service.yaml"]).admin;
  const { url, log } = await startGateway(t, paths, {
    top: `host: 0.0.0.0\nadmin: {host: ${host}, port: 0, tokenfile: ${basename(tokenfile)}}`,
    log: "info",
    files: { [basename(tokenfile)]: "0123456789abcdef0123456789abcdef" },
  });
  const { port } = new URL(String((await log.find({ admin: /^http/ })).admin));
  // As the kubelet does: by the address of the pod, whatever that is.
  const ask = (path: string) => curl(`http://127.0.0.1:${port}${path}`, "-H", "Host: 10.1.2.3:9090");
  assert.deepEqual([(await ask("/livez")).status, (await ask("/readyz")).status], [200, 200]);
  assert.equal((await ask("/metrics")).status, 401);
  assert.equal((await curl(`http://127.0.0.1:${new URL(url).port}/hello/pod`)).text, "hello, pod\n");
});

test("the image's configuration and that of Kubernetes serve the same request", () => {
  const served = parse(readFileSync(join(DEPLOY, "container.yaml"), "utf8")).paths;
  const { configMap } = objectsOf("kubernetes.yaml");
  assert.deepEqual(Object.keys(parse(configMap.data["urocket-service.yaml"]).paths), Object.keys(served));
});

/** The objects of a Kubernetes example, by their kind. */
function objectsOf(name: string) {
  const objects = parseAllDocuments(readFileSync(join(DEPLOY, name), "utf8")).map((document) => document.toJS());
  const byKind = Object.fromEntries(objects.map((object) => [object.kind, object]));
  const { ConfigMap: configMap, Deployment: deployment, Service: service, RuntimeClass: runtimeClass } = byKind;
  return { configMap, deployment, service, runtimeClass };
}
