import { type Message, NO_PARAMS } from "../core/message.ts";

type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** The query and path parameters of a message as one JSON object; of one name the path's wins. */
export function parametersJson({ query, params }: Pick<Message, "query" | "params">): string {
  if (query === "" && params === NO_PARAMS) return "{}";
  return JSON.stringify(parameters(query, params));
}

/**
 * The query and path parameters of a message by name, decoded. A name that comes once has a string, a name that comes
 * again in the query an array, in its order; where the path has the name too, its value is the only one.
 */
export function parameters(query: string, params: Message["params"]): Parameters {
  // Without a prototype, `__proto__` is a name like any other.
  const values: Record<string, string | string[]> = Object.create(null);
  if (query !== "") {
    for (const [name, value] of new URLSearchParams(query)) {
      const before = values[name];
      if (before === undefined) values[name] = value;
      else if (typeof before === "string") values[name] = [before, value];
      else before.push(value);
    }
  }
  for (const name of Object.keys(params)) values[name] = params[name] ?? "";
  return values;
}
