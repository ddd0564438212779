import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse, parseAllDocuments } from "yaml";
import { parseConfig } from "../../lib/config/index.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const DEPLOY = join(import.meta.dirname, "../../deploy");
const ROOT = join(DEPLOY, "..");

test("the units in deploy/ are those that docs/operations.md explains", () => {
  const page = readFileSync(join(ROOT, "docs/operations.md"), "utf8");
  const shown = [...page.matchAll(/^```ini\n(\[Unit\].*?)^```$/gms)].map(([, text]) => text);
  assert.deepEqual(
    ["urocket.service", "urocket.socket"].map((name) => readFileSync(join(DEPLOY, "systemd", name), "utf8")),
    shown,
  );
});

test("systemd has nothing to say against the units in deploy/", (t) => {
  const directory = temporaryDirectory(t);
  const files = ["urocket.service", "urocket.socket"].map((name) => {
    const text = readFileSync(join(DEPLOY, "systemd", name), "utf8");
    const file = join(directory, name);
    // The program need not be installed here; that the command can be run is part of the check.
    writeFileSync(file, text.replace("/usr/bin/urocket", process.execPath));
    return file;
  });
  const { status, stderr } = spawnSync("systemd-analyze", ["verify", ...files], { encoding: "utf8" });
  assert.deepEqual([status, stderr], [0, ""]);
});

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
  const copied = [...dockerfile.matchAll(/^COPY (\S+) /gm)].map(([, source]) => `!${source}`);
  assert.deepEqual(copied.sort(), ignored.slice(1).sort());
});

test("the Kubernetes example fits together: configuration, ports, probes, volumes, names", () => {
  const documents = parseAllDocuments(readFileSync(join(DEPLOY, "kubernetes.yaml"), "utf8"));
  assert.deepEqual(
    documents.flatMap(({ errors }) => errors),
    [],
  );
  const [configMap, deployment, service] = documents.map((document) => document.toJS());
  assert.deepEqual(
    [configMap, deployment, service].map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
    ["v1 ConfigMap", "apps/v1 Deployment", "v1 Service"],
  );
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

test("the image's configuration and that of Kubernetes serve the same request", () => {
  const served = parse(readFileSync(join(DEPLOY, "container.yaml"), "utf8")).paths;
  const [configMap] = parseAllDocuments(readFileSync(join(DEPLOY, "kubernetes.yaml"), "utf8")).map((d) => d.toJS());
  assert.deepEqual(Object.keys(parse(configMap.data["urocket-service.yaml"]).paths), Object.keys(served));
});
