import { moved, resorted, sorted, type View } from "./view.ts";

/** What a key asks for beyond another view. */
export type Deed = "quit" | "suspend" | { readonly kill: string; readonly pid: number };

/** What comes of a key. */
export interface Pressed {
  readonly view: View;
  readonly deed?: Deed;
}

/** What a key does to a view. */
export function press(view: View, key: string): Pressed {
  if (key === "C-c") return { view, deed: "quit" };
  if (key === "C-z") return { view, deed: "suspend" };
  if (view.asked !== undefined) return answer(view, key);
  if (view.help) return { view: { ...view, help: false } };
  return KEYS[key]?.(view) ?? { view };
}

function answer(view: View, key: string): Pressed {
  const { asked } = view;
  if (asked === undefined || key.toLowerCase() !== "y")
    return { view: { ...view, asked: undefined, note: "not killed" } };
  const { requestId, pid } = asked;
  return { view: { ...view, asked: undefined, note: "" }, deed: { kill: requestId, pid } };
}

function ask(view: View): Pressed {
  const asked = sorted(view).find(({ requestId }) => requestId === view.selected);
  return {
    view: asked === undefined ? { ...view, note: "select a process first: j, k or arrows" } : { ...view, asked },
  };
}

function step(by: number): (view: View) => Pressed {
  return (view) => ({ view: moved(view, by) });
}

const FAR = Number.MAX_SAFE_INTEGER;

const KEYS: Readonly<Record<string, (view: View) => Pressed>> = {
  q: (view) => ({ view, deed: "quit" }),
  j: step(1),
  down: step(1),
  k: step(-1),
  up: step(-1),
  g: step(-FAR),
  home: step(-FAR),
  G: step(FAR),
  end: step(FAR),
  x: ask,
  s: (view) => ({ view: resorted(view) }),
  "?": (view) => ({ view: { ...view, help: true } }),
};
