import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { createProgram } from "../../lib/cli/commands.ts";
import { fencesOf } from "../helpers/fences.ts";
import { markdownFiles } from "../helpers/markdown-files.ts";

const ROOT = join(import.meta.dirname, "../..");
const { files, scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** The words of a page, without its fenced blocks. */
function prose(page: string): string {
  return fencesOf(page).reduce((text, fence) => text.replace(fence.text, ""), readFileSync(join(ROOT, page), "utf8"));
}

/** Links to files of ours: path from the project's folder, and the heading in it. */
function linksOf(page: string): { readonly path: string; readonly heading: string }[] {
  const targets = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = "", heading = ""] = target.split("#");
      return { path: file === "" ? page : relative(ROOT, join(ROOT, dirname(page), file)), heading };
    });
}

/** The names by which headings of a page can be linked to, as GitHub makes them. */
function headingsOf(page: string): string[] {
  const headings = [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, text = ""]) => text.toLowerCase());
  return headings.map((text) => text.replace(/[^\w\- ]/g, "").replaceAll(" ", "-"));
}

for (const page of markdownFiles()) {
  test(`every link of ${page} leads to a file that is there, and to a heading in it`, () => {
    for (const { path, heading } of linksOf(page)) {
      assert.ok(existsSync(join(ROOT, path)), path);
      if (heading !== "") assert.ok(headingsOf(path).includes(heading), `${path}#${heading}`);
    }
  });

  test(`every command that ${page} names in passing exists`, () => {
    const commands = createProgram(() => {}).commands.map((command) => command.name());
    const code = [...prose(page).matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
    for (const text of code) {
      const [, script] = /^npm run (?:--silent )?([\w:-]+)/.exec(text) ?? [];
      if (script !== undefined) assert.ok(script in scripts, text);
      const [, command] = /^(?:npx )?urocket ([a-z]+)\b/.exec(text) ?? [];
      if (command !== undefined) assert.ok(commands.includes(command), text);
    }
  });
}

test("pages that are published link to what is published with them", () => {
  const published = ["README.md", "LICENSE", ...files];
  const isPublished = (path: string) => published.some((name) => path === name || path.startsWith(`${name}/`));
  for (const page of markdownFiles().filter(isPublished)) {
    for (const { path } of linksOf(page)) assert.ok(isPublished(path), `${page} links to ${path}`);
  }
});
