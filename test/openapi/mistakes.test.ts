import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenApiError } from "../../lib/openapi/index.ts";
import { loadFiles, type Version } from "./documents.ts";

/** The mistakes of a document, with the name of its folder taken away. */
async function mistakesIn(files: Readonly<Record<string, string | object>>): Promise<string[]> {
  try {
    const document = await loadFiles(files);
    for (const operation of document.operations()) {
      for (const direction of ["request", "reply"] as const) {
        document.operation(operation.path, operation.verb)?.compile(direction);
      }
    }
  } catch (error) {
    assert.ok(error instanceof OpenApiError, String(error));
    assert.equal(error.message.split("\n").length, error.mistakes.length);
    return error.message.split("\n").map((line) => line.replaceAll(/\/\S*urocket-openapi-[^/]*\//g, ""));
  }
  return [];
}

const YAML = `openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /a:
`;

for (const [what, text, mistakes] of [
  ["an empty file", "", ["a.yaml:1:1: expected an OpenAPI document, got none"]],
  ["a list", "- 1", ["a.yaml:1:1: expected an OpenAPI document, got an array of 1 item"]],
  [
    "broken YAML",
    "openapi: 3.0.3\ninfo: {title: [}\n",
    [
      "a.yaml:2:16: expected valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  ],
  [
    "a key that comes twice",
    "openapi: 3.0.3\nopenapi: 3.0.3\n",
    ["a.yaml:2:1: expected valid YAML: Map keys must be unique"],
  ],
  [
    "no version",
    "info: {title: t}",
    ['a.yaml:1:1: expected `openapi` to be "3.0.x" or "3.1.x", got none (at /openapi)'],
  ],
  [
    "a version that is a number",
    "info: {}\nopenapi: 3.1\n",
    ['a.yaml:2:1: expected `openapi` to be "3.0.x" or "3.1.x", got 3.1 (at /openapi)'],
  ],
  [
    "another version",
    "openapi: 3.2.0",
    ['a.yaml:1:1: expected `openapi` to be "3.0.x" or "3.1.x", got "3.2.0" (at /openapi)'],
  ],
  [
    "Swagger",
    'swagger: "2.0"',
    ['a.yaml:1:1: expected `openapi` to be "3.0.x" or "3.1.x", got swagger "2.0" (at /openapi)'],
  ],
  [
    "an operation without responses",
    `${YAML}    get:\n      operationId: x\n`,
    ["a.yaml:5:5: expected `responses` to be present, got none (at /paths/~1a/get/responses)"],
  ],
  [
    "an unknown verb",
    `${YAML}    gett: {responses: {"200": {description: x}}}\n`,
    ["a.yaml:5:5: expected `gett` to be absent, got an object of 1 member (at /paths/~1a/gett)"],
  ],
  [
    "several mistakes",
    `${YAML}    get:\n      responses:\n        "200": {}\n      tags: x\n`,
    [
      'a.yaml:8:7: expected `tags` to be an array, got "x" (at /paths/~1a/get/tags)',
      "a.yaml:7:9: expected `description` to be present, got none (at /paths/~1a/get/responses/200/description)",
    ],
  ],
  [
    "an unknown place of a parameter",
    `${YAML}    parameters:\n      - name: x\n        in: qery\n        schema: {}\n`,
    [
      'a.yaml:7:9: expected `in` to be one of "path", "query", "header", "cookie", got "qery" (at /paths/~1a/parameters/0/in)',
    ],
  ],
  [
    "a style of another place",
    `${YAML}    parameters:\n      - name: x\n        in: query\n        style: matrix\n        schema: {}\n`,
    [
      'a.yaml:8:9: expected `style` to be one of "form", "spaceDelimited", "pipeDelimited", "deepObject", got "matrix" (at /paths/~1a/parameters/0/style)',
    ],
  ],
  [
    "a path parameter that is not required",
    `${YAML}    parameters: [{name: x, in: path, schema: {}}]\n`,
    ["a.yaml:5:18: expected `required` to be present, got none (at /paths/~1a/parameters/0/required)"],
  ],
  [
    "a type that there is none of",
    `${YAML}    parameters:\n      - {name: x, in: query, schema: {type: strng}}\n`,
    [
      'a.yaml:6:39: expected `type` to be one of "array", "boolean", "integer", "number", "object", "string", got "strng" (at /paths/~1a/parameters/0/schema/type)',
    ],
  ],
] as const) {
  test(`${what} is told with its place`, async () => {
    assert.deepEqual(await mistakesIn({ "a.yaml": text }), mistakes);
  });
}

test("broken JSON is told with its place", async () => {
  assert.deepEqual(await mistakesIn({ "a.json": '{\n  "openapi": "3.0.3",\n  "info": {,}\n}' }), [
    'a.json:3:12: expected a name in double quotes, got ","',
  ]);
});

test("schemas of 3.1 are checked by their own dialect, wherever they stand", async () => {
  const document = `openapi: 3.1.0
info: {title: t, version: "1"}
components:
  schemas:
    A:
      type: object
      properties:
        a: {type: strng}
        b: {items: {minLength: -1}}
    B: {pattern: "("}
`;
  assert.deepEqual(await mistakesIn({ "a.yaml": document }), [
    'a.yaml:8:13: expected `type` to be one of "array", "boolean", "integer", "null", "number", "object", "string", got "strng" (at /components/schemas/A/properties/a/type)',
    "a.yaml:9:21: expected `minLength` to be at least 0, got -1 (at /components/schemas/A/properties/b/items/minLength)",
    'a.yaml:10:9: expected a regular expression, got "(" (at /components/schemas/B/pattern)',
  ]);
});

const OPEN = { info: { title: "t", version: "1" }, paths: {} };

for (const [what, reference, mistake] of [
  ["to nothing", "#/components/schemas/B", "something that exists"],
  ["to an anchor that is not there", "#B", "something that exists"],
  ["into a neighbour that lacks it", "b.json#/C", "something that exists"],
  ["to a file that is not there", "c.json", "a file that can be read (ENOENT)"],
  ["to the network", "https://localhost:1/b.json", null],
  ["to the network without a scheme", "//example.org/b.json", null],
] as const) {
  for (const version of ["3.0.3", "3.1.0"] as Version[]) {
    test(`a reference ${what} is told with its place in ${version}`, async () => {
      const document = { openapi: version, ...OPEN, components: { schemas: { A: { $ref: reference } } } };
      const expected =
        mistake ?? "something in this document or in a file beside it (nothing is fetched over the network)";
      assert.deepEqual(await mistakesIn({ "a.json": JSON.stringify(document, undefined, 1), "b.json": { B: {} } }), [
        `a.json:11:5: expected \`$ref\` to name ${expected}, got "${reference}" (at /components/schemas/A/$ref)`,
      ]);
    });
  }
}

test("a mistake in a neighbour is told with its place there", async () => {
  const main = { openapi: "3.0.3", ...OPEN, components: { schemas: { A: { $ref: "sub/b.yaml#/B" } } } };
  assert.deepEqual(await mistakesIn({ "a.json": main, "sub/b.yaml": "\nB:\n  type: object\n  minProperties: x\n" }), [
    'sub/b.yaml:4:3: expected `minProperties` to be an integer, got "x" (at /B/minProperties)',
  ]);
  assert.deepEqual(await mistakesIn({ "a.json": main, "sub/b.yaml": "\nB: {$ref: 'c.yaml'}\n" }), [
    'sub/b.yaml:2:5: expected `$ref` to name a file that can be read (ENOENT), got "c.yaml" (at /B/$ref)',
  ]);
  assert.deepEqual(await mistakesIn({ "a.json": main, "sub/b.yaml": "B: {" }), [
    "sub/b.yaml:1:5: expected valid YAML: Flow map in block collection must be sufficiently indented and end with a }",
  ]);
});

const bodyOf = (schema: unknown) => ({
  "/": {
    post: { requestBody: { content: { "application/json": { schema } } }, responses: { 200: { description: "ok" } } },
  },
});

for (const [what, schemas, mistake] of [
  [
    "a circle of references",
    { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } },
    "a.json:1:135: expected a schema that ends, got one that applies itself to the same value (at /components/schemas/A)",
  ],
  [
    "a schema that consists of itself",
    { A: { type: "object", allOf: [{ anyOf: [{ $ref: "#/components/schemas/A" }] }] } },
    "expected a schema that ends, got one that applies itself to the same value",
  ],
  ["a dynamic reference", { A: { items: { $dynamicRef: "#x" } } }, "expected `$ref`, got `$dynamicRef`"],
  [
    "another dialect",
    { A: { $schema: "http://json-schema.org/draft-07/schema#" } },
    'expected `$schema` to be "https://json-schema.org/draft/2020-12/schema", got "http://json-schema.org/draft-07/schema#"',
  ],
] as const) {
  test(`${what} is told when the operation is compiled, and again when it is tried again`, async () => {
    const paths = bodyOf({ $ref: "#/components/schemas/A" });
    const document = await loadFiles({ "a.json": { openapi: "3.1.0", ...OPEN, paths, components: { schemas } } });
    const operation = document.operation("/", "post");
    for (const _ of [1, 2]) {
      assert.throws(
        () => operation?.compile("request"),
        (error) => {
          assert.ok(error instanceof OpenApiError);
          assert.ok(error.message.includes(mistake.replace(/^a\.json:1:\d+: | \(at.*$/g, "")), error.message);
          return true;
        },
      );
    }
  });
}

const inPath = (name: string) => ({ name, in: "path", required: true, schema: {} });
const inQuery = (description: string) => ({ name: "q", in: "query", description, schema: {} });

for (const [what, parameters, mistake] of [
  [
    "that its path does not have",
    [inPath("a"), inPath("b")],
    "1:139: expected `/{a}` to have {b}, got none (at /paths/~1{a}/parameters/1)",
  ],
  ["that is missing", [inQuery("")], "1:142: expected a parameter for {a} of `/{a}`, got none (at /paths/~1{a}/get)"],
  [
    "that comes twice",
    [inPath("a"), inQuery("x"), inQuery("y")],
    "1:195: expected query q once, got it again (at /paths/~1{a}/parameters/2)",
  ],
] as const) {
  test(`a parameter ${what} is told`, async () => {
    const paths = { "/{a}": { parameters, get: { responses: { 200: { description: "ok" } } } } };
    assert.deepEqual(await mistakesIn({ "a.json": { openapi: "3.0.3", ...OPEN, paths } }), [`a.json:${mistake}`]);
  });
}

test("a document in another dialect is told", async () => {
  const jsonSchemaDialect = "http://json-schema.org/draft-07/schema#";
  assert.deepEqual(await mistakesIn({ "a.json": { openapi: "3.1.0", ...OPEN, jsonSchemaDialect } }), [
    `a.json:1:66: expected \`jsonSchemaDialect\` to be "https://json-schema.org/draft/2020-12/schema", got "${jsonSchemaDialect}" (at /jsonSchemaDialect)`,
  ]);
  for (const known of [
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://json-schema.org/draft/2020-12/schema",
  ]) {
    assert.deepEqual(await mistakesIn({ "a.json": { openapi: "3.1.0", ...OPEN, jsonSchemaDialect: known } }), []);
  }
});

test("slips that change nothing are let pass", async () => {
  const schema = { type: "object", required: [], properties: { a: { type: "string", pattern: "^[\\w\\.\\@]+\\_$" } } };
  assert.deepEqual(await mistakesIn({ "a.json": { openapi: "3.0.3", ...OPEN, paths: bodyOf(schema) } }), []);
});
