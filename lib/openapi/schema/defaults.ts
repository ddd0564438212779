import { isObject, type JsonObject, setMember } from "../json.ts";
import { joinPointer } from "../pointer.ts";
import type { Bundle } from "../source/bundle.ts";
import { choiceOf } from "./discriminator.ts";
import { isMarked } from "./marks.ts";
import { branches, members, partsOf } from "./parts.ts";

/** Fills the defaults of a schema into a value that is valid by it; says whether there was anything to fill in. */
export type Fill = (value: unknown) => boolean;

/** The defaults in the schemas of a document. */
export class Defaults {
  readonly #bundle: Bundle;
  readonly #plans = new Map<string, Plan>();

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
  }

  /** A fresh copy of the default of the schema at a pointer; undefined where it has none. */
  valueOf(pointer: string): unknown {
    for (const { node } of partsOf(this.#bundle, pointer)) {
      if (node.default !== undefined) return structuredClone(node.default);
    }
    return undefined;
  }

  /**
   * What fills in the defaults of members and items; undefined where the schema at the pointer has none. Of alternatives
   * only the one that a discriminator names counts: what is valid by another must not get members of this one.
   */
  fillOf(pointer: string): Fill | undefined {
    const plan = this.#plan(pointer);
    return bears(plan) ? (value) => fill(plan, value) : undefined;
  }

  #plan(pointer: string): Plan {
    const known = this.#plans.get(pointer);
    if (known !== undefined) return known;
    const plan: Plan = {
      bears: undefined,
      defaults: [],
      members: new Map(),
      items: [],
      first: [],
      rest: [],
      choices: [],
    };
    this.#plans.set(pointer, plan);
    for (const { node, pointer: place } of partsOf(this.#bundle, pointer)) this.#learn(plan, node, place);
    return plan;
  }

  #learn(plan: Plan, node: JsonObject, pointer: string): void {
    for (const [name, place] of members(node, pointer, "properties")) {
      // What a request should not have is not put into it either.
      const value = isMarked(this.#bundle, place, "request") ? undefined : this.valueOf(place);
      if (value !== undefined) plan.defaults.push([name, value]);
      plan.members.set(name, [...(plan.members.get(name) ?? []), this.#plan(place)]);
    }
    for (const [index, place] of branches(node, pointer, "prefixItems").entries()) {
      plan.first[index] = [...(plan.first[index] ?? []), this.#plan(place)];
    }
    if (isObject(node.items)) plan.items.push(this.#plan(joinPointer(pointer, "items")));
    if (isObject(node.additionalProperties)) plan.rest.push(this.#plan(joinPointer(pointer, "additionalProperties")));
    const choice = choiceOf(this.#bundle, node, pointer);
    if (choice === undefined) return;
    const byName = [...choice.byName].map(([name, place]) => [name, this.#plan(place)] as const);
    plan.choices.push({ property: choice.property, byName: new Map(byName) });
  }
}

/** What there is to fill in, in a value and below it. */
interface Plan {
  /** Whether there is anything in it; known when all plans are made. */
  bears: boolean | undefined;
  readonly defaults: [name: string, value: unknown][];
  readonly members: Map<string, readonly Plan[]>;
  readonly items: Plan[];
  readonly first: Plan[][];
  readonly rest: Plan[];
  readonly choices: { readonly property: string; readonly byName: ReadonlyMap<string, Plan> }[];
}

function bears(plan: Plan): boolean {
  plan.bears ??= hasDefaults(plan, new Set());
  return plan.bears;
}

function hasDefaults(plan: Plan, seen: Set<Plan>): boolean {
  if (seen.has(plan)) return false;
  seen.add(plan);
  const below = [...plan.members.values(), ...plan.first, plan.items, plan.rest].flat();
  const chosen = plan.choices.flatMap(({ byName }) => [...byName.values()]);
  return plan.defaults.length > 0 || [...below, ...chosen].some((next) => hasDefaults(next, seen));
}

function fill(plan: Plan, value: unknown): boolean {
  if (!bears(plan)) return false;
  if (Array.isArray(value)) {
    return value.reduce((filled, item, index) => fillAll(plan.first[index] ?? plan.items, item) || filled, false);
  }
  return isObject(value) && fillObject(plan, value);
}

function fillObject(plan: Plan, value: JsonObject): boolean {
  let filled = false;
  for (const [name, substitute] of plan.defaults) {
    if (Object.hasOwn(value, name)) continue;
    setMember(value, name, structuredClone(substitute));
    filled = true;
  }
  for (const name of Object.keys(value)) {
    filled = fillAll(plan.members.get(name) ?? plan.rest, value[name]) || filled;
  }
  for (const { property, byName } of plan.choices) {
    const chosen = Object.hasOwn(value, property) ? byName.get(String(value[property])) : undefined;
    if (chosen !== undefined) filled = fill(chosen, value) || filled;
  }
  return filled;
}

function fillAll(plans: readonly Plan[], value: unknown): boolean {
  return plans.reduce((filled, plan) => fill(plan, value) || filled, false);
}
