import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOpenApi } from "../../lib/openapi/index.ts";
import { faultsOf, fixture, jsonOperation, jsonRequest, operationAt, type Version } from "./documents.ts";

/** The faults of a JSON body by a schema, without the words that are the same in all of them. */
async function faultsBy(schema: unknown, value: unknown, version?: Version, schemas?: object): Promise<string[]> {
  const operation = await jsonOperation(schema, version, schemas);
  return faultsOf(operation.validateRequest(jsonRequest(value))).map((line) => line.replace(/^expected body /, ""));
}

const STRING = { type: "string" };
const INTEGER = { type: "integer" };
const OLD = "3.0.3" as const;
const NEW = "3.1.0" as const;

for (const [version, schema, value, faults] of [
  [OLD, { type: "string", nullable: true }, null, []],
  [OLD, { type: "string" }, null, ["to be a string, got null"]],
  [OLD, { type: "string", nullable: true }, 1, ["to be a string or null, got 1"]],
  [OLD, { type: "string", enum: ["a"], nullable: true }, null, []],
  [OLD, { type: "string", enum: ["a"], nullable: true }, "b", ['to be "a", got "b"']],
  [OLD, { nullable: true, allOf: [{ type: "object", required: ["a"] }] }, null, []],
  [OLD, { nullable: true, allOf: [{ type: "object", required: ["a"] }] }, {}, ["/a to be present, got none"]],
  [OLD, { type: "integer", minimum: 1, exclusiveMinimum: true }, 1, ["to be above 1, got 1"]],
  [OLD, { type: "integer", minimum: 1, exclusiveMinimum: false }, 1, []],
  [OLD, { type: "integer", maximum: 1, exclusiveMaximum: true }, 1, ["to be below 1, got 1"]],
  [OLD, { type: "object", required: ["b"], properties: { a: STRING } }, { a: "x" }, ["/b to be present, got none"]],
  [OLD, { type: "integer", format: "int32" }, 2 ** 31, ["to be of the format int32, got 2147483648"]],
  [OLD, { type: "string", format: "date-time" }, "yesterday", ['to be of the format date-time, got "yesterday"']],
  [OLD, { type: "string", format: "of-our-own" }, "x", []],
  [OLD, { type: "string", format: "byte" }, "a", ['to be of the format byte, got "a"']],
  [OLD, { type: "object", additionalProperties: INTEGER }, { a: 1, b: "x" }, ['/b to be an integer, got "x"']],
  [OLD, { type: "object", additionalProperties: false }, { "a/b~c": 1 }, ["/a~1b~0c to be absent, got 1"]],
  [
    OLD,
    { type: "array", uniqueItems: true },
    [{ a: 1, b: 2 }, 1, { b: 2, a: 1 }],
    ["to be an array without repetitions, got an array of 3 items"],
  ],
  [OLD, { type: "array", uniqueItems: true }, [1, "1", [1], ["1"], true, "true", null, "null"], []],
  [OLD, { not: { type: "string" } }, "a", ['to be something else, got "a"']],
  [OLD, { type: "number", multipleOf: 0.5 }, 0.7, ["to be a multiple of 0.5, got 0.7"]],
  [OLD, { type: "string", minLength: 3 }, "ab", ["to be a string of at least 3 characters, got 2 characters"]],
  [OLD, { type: "string", maxLength: 1 }, "😀", []],
  [
    OLD,
    { type: "object", minProperties: 2 },
    { a: 1 },
    ["to be an object of at least 2 members, got an object of 1 member"],
  ],
  [OLD, { type: "object", required: ["constructor"] }, {}, ["/constructor to be present, got none"]],
  [NEW, { type: ["string", "null"] }, null, []],
  [NEW, { type: ["string", "null"] }, 1, ["to be a string or null, got 1"]],
  [NEW, { type: "string", nullable: true }, null, ["to be a string, got null"]],
  [NEW, { const: { a: 1 } }, 2, ['to be {"a":1}, got 2']],
  [NEW, { exclusiveMinimum: 1 }, 1, ["to be above 1, got 1"]],
  [
    NEW,
    { $ref: "#/components/schemas/S", maxLength: 1 },
    "ab",
    ["to be a string of at most 1 character, got 2 characters"],
  ],
  [NEW, { $ref: "#/components/schemas/S", maxLength: 1 }, 1, ["to be a string, got 1"]],
  [OLD, { $ref: "#/components/schemas/S", maxLength: 1 }, "ab", []],
  [NEW, { prefixItems: [STRING], items: INTEGER }, ["a", 1, "b"], ['/2 to be an integer, got "b"']],
  [
    NEW,
    { prefixItems: [STRING], items: false },
    ["a", 1],
    ["to be an array of at most 1 item, got an array of 2 items"],
  ],
  [
    NEW,
    { contains: INTEGER },
    ["a", "b"],
    ["to be an array with at least 1 of the items it has to contain, got an array of 2 items"],
  ],
  [
    NEW,
    { contains: INTEGER, minContains: 2, maxContains: 3, items: { maximum: 5 } },
    [9, "a", 1, 2, 3],
    ["/0 to be at most 5, got 9", "to be an array with 2 to 3 of the items it has to contain, got an array of 5 items"],
  ],
  [
    NEW,
    { contains: INTEGER, maxContains: 1, items: { not: { const: "z" } } },
    ["z", 1, "a", 2, "b"],
    [
      '/0 to be something else, got "z"',
      "to be an array with 1 to 1 of the items it has to contain, got an array of 5 items",
    ],
  ],
  [
    NEW,
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    { if: { required: ["a"] }, then: { required: ["b"] }, else: { required: ["c"] } },
    { a: 1 },
    ["/b to be present, got none"],
  ],
  [
    NEW,
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    { if: { required: ["a"] }, then: { required: ["b"] }, else: { required: ["c"] } },
    {},
    ["/c to be present, got none"],
  ],
  [NEW, { dependentRequired: { a: ["b"] } }, { a: 1 }, ["/b to be present, got none"]],
  [NEW, { dependentSchemas: { a: { required: ["b"] } } }, { a: 1 }, ["/b to be present, got none"]],
  [
    NEW,
    { patternProperties: { "^a": INTEGER }, additionalProperties: false },
    { ab: "x", b: 1 },
    ["/b to be absent, got 1", '/ab to be an integer, got "x"'],
  ],
  [
    NEW,
    { propertyNames: { pattern: "^a", maxLength: 2 } },
    { ab: 1, b: 1, abc: 1 },
    [
      'to be an object of which each name is a string that matches ^a, got "b"',
      'to be an object of which each name is a string of at most 2 characters, got "abc"',
    ],
  ],
  [
    NEW,
    { allOf: [{ properties: { a: INTEGER } }], properties: { b: INTEGER }, unevaluatedProperties: false },
    { a: 1, b: 1, c: 1 },
    ["/c to be absent, got 1"],
  ],
  [
    NEW,
    {
      anyOf: [
        { properties: { a: INTEGER }, required: ["a"] },
        { properties: { b: INTEGER }, required: ["b"] },
      ],
      unevaluatedProperties: false,
    },
    { b: 1, c: 2 },
    ["/c to be absent, got 2"],
  ],
  [
    NEW,
    { unevaluatedItems: false, prefixItems: [{}] },
    [1, 2],
    ["to be an array of at most 1 item, got an array of 2 items"],
  ],
  [NEW, false, 1, ["to be absent, got 1"]],
  [NEW, true, 1, []],
  [NEW, { properties: { a: false } }, { a: 1 }, ["/a to be absent, got 1"]],
] as const) {
  test(`${version}: ${JSON.stringify(value)} by ${JSON.stringify(schema)} has ${faults.length} faults`, async () => {
    assert.deepEqual(await faultsBy(schema, value, version, { S: STRING }), faults);
  });
}

const CAT = { type: "object", required: ["kind", "lives"], properties: { kind: STRING, lives: INTEGER } };
const DOG = { type: "object", required: ["kind"], properties: { kind: STRING, barks: { type: "boolean" } } };
const ANIMALS = { Cat: CAT, Dog: DOG };
const REFERENCES = [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }];

for (const [what, schema, value, faults] of [
  [
    "the type that fits tells which alternative was meant",
    { anyOf: [{ type: "string", enum: ["all"] }, CAT] },
    { kind: 1 },
    ["/lives to be present, got none", "/kind to be a string, got 1"],
  ],
  [
    "types that none fit are named together",
    { oneOf: [STRING, { type: "array" }, { type: "null" }] },
    1,
    ["to be a string or an array or null, got 1"],
  ],
  ["null stands last", { oneOf: [{ type: "null" }, INTEGER] }, "a", ['to be an integer or null, got "a"']],
  [
    "several that might have been meant are named",
    { oneOf: REFERENCES },
    { kind: 1 },
    ["to be one of: Cat, Dog, got an object of 1 member"],
  ],
  [
    "those without a name go by their title or type",
    { anyOf: [{ ...CAT, title: "A cat" }, { const: "all" }, { ...DOG }] },
    {},
    ['to be one of: A cat, "all", an object, got an empty object'],
  ],
  [
    "that several fit is told",
    { oneOf: REFERENCES },
    { kind: "x", lives: 9 },
    ["to be only one of the alternatives, got an object of 2 members that is Cat and Dog"],
  ],
  [
    "those after the second that fits are not asked",
    { allOf: [{ required: ["y"] }, { oneOf: [{ title: "this" }, { title: "that" }, { required: ["q"] }] }] },
    {},
    ["/y to be present, got none", "to be only one of the alternatives, got an empty object that is this and that"],
  ],
  [
    "alternatives in alternatives are followed",
    {
      anyOf: [
        { type: "null" },
        { anyOf: [{ type: "string" }, { type: "array", items: { oneOf: [INTEGER, { type: "null" }] } }] },
      ],
    },
    [1, null, "a"],
    ['/2 to be an integer or null, got "a"'],
  ],
  [
    "faults beside an alternative are told too",
    {
      type: "object",
      required: ["z"],
      allOf: [{ required: ["y"] }, { oneOf: REFERENCES }],
      properties: { w: { anyOf: [INTEGER, { type: "null" }] } },
    },
    { w: "x" },
    [
      "/y to be present, got none",
      "to be one of: Cat, Dog, got an object of 1 member",
      "/z to be present, got none",
      '/w to be an integer or null, got "x"',
    ],
  ],
  [
    "the same fault from two schemas is one",
    { allOf: [{ required: ["a"] }, { required: ["a"] }] },
    {},
    ["/a to be present, got none"],
  ],
  [
    "members of an alternative that failed are not called unknown",
    { type: "object", oneOf: REFERENCES, unevaluatedProperties: false },
    { kind: 1, barks: true },
    ["to be one of: Cat, Dog, got an object of 2 members"],
  ],
] as const) {
  test(`of alternatives, ${what}`, async () => {
    assert.deepEqual(await faultsBy(schema, value, NEW, ANIMALS), faults);
  });
}

const choose = (more: object, list: unknown = REFERENCES) => ({
  oneOf: list,
  discriminator: { propertyName: "kind", ...more },
});

for (const [what, schema, value, faults] of [
  ["the name of a component chooses it", choose({}), { kind: "Cat" }, ["/lives to be present, got none"]],
  ["what fits another one too is no fault", choose({}), { kind: "Dog", lives: 1 }, []],
  [
    "a mapping chooses by reference",
    choose({ mapping: { miaow: "#/components/schemas/Cat" } }),
    { kind: "miaow" },
    ["/lives to be present, got none"],
  ],
  [
    "a mapping chooses by name",
    choose({ mapping: { miaow: "Cat" } }),
    { kind: "miaow" },
    ["/lives to be present, got none"],
  ],
  [
    "an unknown value is told with the known ones",
    choose({}),
    { kind: "Cow" },
    ['/kind to be one of "Cat", "Dog", got "Cow"'],
  ],
  ["no value is told", choose({}), {}, ["/kind to be present, got none"]],
  ["a value of another type is left to the list", choose({}), "Cat", ['to be an object, got "Cat"']],
  [
    "schemas in place are chosen by their literals",
    choose({}, [
      { ...CAT, properties: { kind: { enum: ["c"] }, lives: INTEGER } },
      { ...DOG, properties: { kind: { enum: ["d", "e"] } } },
    ]),
    { kind: "c" },
    ["/lives to be present, got none"],
  ],
  ["schemas in place without literals leave it to the list", choose({}, [CAT, DOG]), { kind: "c", lives: "x" }, []],
  ["null beside it stays possible", choose({}, [...REFERENCES, { type: "null" }]), null, []],
] as const) {
  test(`with a discriminator, ${what}`, async () => {
    assert.deepEqual(await faultsBy(schema, value, NEW, ANIMALS), faults);
  });
}

test("a discriminator of 3.0 may be null where that is said", async () => {
  const operation = await jsonOperation({ ...choose({}), nullable: true }, OLD, ANIMALS);
  assert.deepEqual(faultsOf(operation.validateRequest(jsonRequest(null))), []);
  assert.deepEqual(faultsOf(operation.validateRequest(jsonRequest({ kind: "Cat" }))), [
    "expected body /lives to be present, got none",
  ]);
});

test("what is read-only need not be in a request, and may be", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const add = operationAt(document, "/pets", "post");
  const pet = { name: "a", species: "cat", chipCode: "x" };
  assert.deepEqual(faultsOf(add.validateRequest(jsonRequest(pet))), []);
  assert.deepEqual(faultsOf(add.validateRequest(jsonRequest({ ...pet, id: 1 }))), []);
  assert.deepEqual(faultsOf(add.validateRequest(jsonRequest({ ...pet, id: "x" }))), [
    'expected body /id to be an integer, got "x"',
  ]);
});

test("that a member is read-only counts also where another schema requires it", async () => {
  const schemas = { Base: { type: "object", properties: { id: { readOnly: true }, name: STRING } } };
  const schema = { allOf: [{ $ref: "#/components/schemas/Base" }, { type: "object", required: ["id", "name"] }] };
  for (const version of [OLD, NEW]) {
    assert.deepEqual(await faultsBy(schema, {}, version, schemas), ["/name to be present, got none"]);
  }
  const beside = { $ref: "#/components/schemas/Base", required: ["id", "name"] };
  assert.deepEqual(await faultsBy(beside, {}, NEW, schemas), ["/name to be present, got none"]);
});

test("defaults are filled into what is valid, at every depth, each time afresh", async () => {
  const schemas = {
    Node: {
      type: "object",
      properties: { tags: { type: "array", items: STRING, default: [] }, next: { $ref: "#/components/schemas/Node" } },
    },
  };
  const operation = await jsonOperation({ $ref: "#/components/schemas/Node" }, NEW, schemas);
  const value = () => operation.validateRequest(jsonRequest({ next: { next: {}, tags: ["x"] } }));
  const first = value();
  assert.ok(first.ok && first.filled);
  assert.deepEqual(first.body, { next: { next: { tags: [] }, tags: ["x"] }, tags: [] });
  (first.body as { tags: string[] }).tags.push("changed");
  const second = value();
  assert.ok(second.ok);
  assert.deepEqual((second.body as { tags: string[] }).tags, []);
});

test("a body that has all members is not filled, and says so", async () => {
  const operation = await jsonOperation({ type: "object", properties: { a: { default: 1 } } });
  const result = operation.validateRequest(jsonRequest({ a: null }));
  assert.ok(result.ok);
  assert.deepEqual([result.body, result.filled], [{ a: null }, false]);
});

for (const [what, schema, value, filled] of [
  [
    "alternatives without a discriminator",
    { oneOf: [{ required: ["a"], properties: { b: { default: 1 } } }, { required: ["c"] }] },
    { c: 1 },
    { c: 1 },
  ],
  ["what is read-only", { properties: { id: { readOnly: true, default: 1 } } }, {}, {}],
] as const) {
  test(`defaults of ${what} are not filled in`, async () => {
    const operation = await jsonOperation(schema, NEW);
    const result = operation.validateRequest(jsonRequest(value));
    assert.ok(result.ok);
    assert.deepEqual(result.body, filled);
  });
}

test("a default does not make up for what is required", async () => {
  const schema = { type: "object", required: ["a"], properties: { a: { type: "integer", default: 1 } } };
  assert.deepEqual(await faultsBy(schema, {}), ["/a to be present, got none"]);
});

test("defaults reach items, further members and the members of defaults", async () => {
  const item = { type: "object", properties: { a: { default: 1 } } };
  const schema = {
    type: "object",
    properties: {
      list: { type: "array", prefixItems: [{ type: "string" }], items: item },
      given: { ...item, default: {} },
    },
    additionalProperties: item,
  };
  const operation = await jsonOperation(schema, NEW);
  const result = operation.validateRequest(jsonRequest({ list: ["x", {}, { a: 2 }], other: {} }));
  assert.ok(result.ok);
  assert.deepEqual(result.body, { list: ["x", { a: 1 }, { a: 2 }], other: { a: 1 }, given: { a: 1 } });
});

test("of a discriminator's alternatives the one that is named gives its defaults", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const visit = operationAt(document, "/visits", "post");
  const bodyOf = (body: object) => {
    const result = visit.validateRequest(jsonRequest(body));
    return result.ok ? result.body : faultsOf(result);
  };
  const surgery = { kind: "surgery", petId: 1, surgeon: "x" };
  assert.deepEqual(bodyOf(surgery), { ...surgery, minutes: 60 });
  assert.deepEqual(bodyOf({ kind: "checkup", petId: 1 }), { kind: "checkup", petId: 1, vaccinate: false });
});
