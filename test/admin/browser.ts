import { existsSync } from "node:fs";
import type { TestContext } from "node:test";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { cleanUp } from "../helpers/clean-up.ts";

const CHROMIUM = "/usr/bin/chromium";

/** Why tests with a browser are skipped; false where there is one. */
export const NO_BROWSER = existsSync(CHROMIUM) ? false : `expected a browser at ${CHROMIUM}`;

/** A page in a browser of its own, and what went wrong there. */
export interface Opened {
  readonly page: Page;
  /** What the console was told as an error, and what a script threw. */
  readonly errors: readonly string[];
  /** Every address that was asked for. */
  readonly asked: readonly URL[];
}

/** Opens an address in a headless browser, which is closed after the test. */
export async function openPage(t: TestContext, url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  // Without a sandbox of its own, for it can't have one as root.
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  cleanUp(t, () => browser.close());
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  const asked: URL[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => asked.push(new URL(request.url())));
  await page.goto(url);
  return { page, errors, asked };
}
