import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const CSS = readFileSync(join(import.meta.dirname, "../../lib/admin/page/theme.css"), "utf8");

/** Colours of a theme by their names. */
const THEMES = [0, 1].map((index) => {
  const pairs = [...CSS.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\);/g)];
  return new Map(pairs.map(([, name = "", ...colours]) => [name, colours[index] ?? ""]));
});

/** What WCAG 2.2 asks of text (1.4.3), and of lines and the edges of fields (1.4.11). */
const LEAST = [
  { ratio: 4.5, names: ["text", "faint", "accent", "alert"], on: ["ground", "raised", "sunken"] },
  { ratio: 3, names: ["accent-2", "accent-3", "edge"], on: ["raised", "sunken"] },
];

test("whatever is shown stands out from what is behind it, in the light and in the dark", () => {
  for (const theme of THEMES) {
    for (const { ratio, names, on } of LEAST) {
      for (const name of names) {
        for (const behind of on) {
          const got = contrast(theme.get(name) ?? "", theme.get(behind) ?? "");
          assert.ok(got >= ratio, `${name} ${theme.get(name)} on ${behind} ${theme.get(behind)}: ${got}`);
        }
      }
    }
  }
});

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.slice(1).replaceAll(/./g, "$&$&") : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
