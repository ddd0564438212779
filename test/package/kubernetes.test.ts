import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { parseAllDocuments } from "yaml";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const DEPLOY = join(import.meta.dirname, "../../deploy");
const require = createRequire(import.meta.url);
const TYPES = dirname(require.resolve("kubernetes-types/package.json"));
const TSC = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What TypeScript says of objects, held against the types that are generated from the API of Kubernetes. */
function mistakes(t: TestContext, objects: readonly KubernetesObject[]): string {
  const directory = temporaryDirectory(t);
  const file = join(directory, "objects.ts");
  // As literals, for of those it also tells fields that no type has.
  const lines = objects.map(({ apiVersion, kind, ...rest }, index) => {
    const [group = "", version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
    const type = `import(${JSON.stringify(`${TYPES}/${group.replace(/\..*/, "")}/${version}`)}).${kind}`;
    return `export const object${index}: ${type} = ${JSON.stringify({ apiVersion, kind, ...rest })};`;
  });
  writeFileSync(file, lines.join("\n"));
  const words = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler", "--types", ""];
  const { status, stdout } = spawnSync(process.execPath, [TSC, ...words, file], { cwd: directory, encoding: "utf8" });
  assert.equal(status === 0, stdout === "");
  return stdout;
}

function objectsOf(name: string): KubernetesObject[] {
  const documents = parseAllDocuments(readFileSync(join(DEPLOY, name), "utf8"));
  assert.deepEqual(
    documents.flatMap(({ errors }) => errors),
    [],
  );
  return documents.map((document) => document.toJS());
}

for (const name of readdirSync(DEPLOY).filter((file) => file.startsWith("kubernetes"))) {
  test(`every object of ${name} has the fields that Kubernetes knows, and values of their types`, (t) => {
    const objects = objectsOf(name);
    assert.ok(objects.length > 0);
    assert.equal(mistakes(t, objects), "");
  });
}

test("a field that Kubernetes does not know, one of another type and one that is missing are told", (t) => {
  const deployment = JSON.stringify(objectsOf("kubernetes.yaml").find(({ kind }) => kind === "Deployment"));
  const broken = (from: string, to: string) => {
    assert.ok(deployment.includes(from), from);
    return mistakes(t, [JSON.parse(deployment.replace(from, to))]);
  };
  assert.match(broken('"periodSeconds"', '"periodSecond"'), /"periodSecond"' does not exist in type 'Probe'/);
  assert.match(broken('"replicas":2', '"replicas":"2"'), /'string' is not assignable to type 'number'/);
  assert.match(broken('"name":"urocket","image"', '"image"'), /Property 'name' is missing/);
});
