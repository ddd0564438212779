// Takes the pictures of the status page for docs/: `node --import tsx --test test/admin/page-pictures.ts`, a minute and a half.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { cleanUp } from "../helpers/clean-up.ts";
import { NO_BROWSER, openPage } from "./browser.ts";
import { call, SERVICE, startAdmin, startLoad } from "./sample.ts";

const IMAGES = join(import.meta.dirname, "../../docs/images");

/** Milliseconds until the charts are full. */
const MINUTE = 62_000;

const PICTURES = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 1180 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1280, height: 1180 } },
  { name: "phone", colorScheme: "light", viewport: { width: 360, height: 1000 }, deviceScaleFactor: 2 },
] as const;

test("the pictures are taken", { skip: NO_BROWSER }, async (t) => {
  const { gateway, href } = await startAdmin(t, SERVICE, "limits: {processes: 8, queue: 100, queuetimeout: 1m}");
  const { url } = gateway;
  const pause = async (least: number, most: number): Promise<void> => delay(least + Math.random() * (most - least));
  const exports = Array.from({ length: 8 }, () => () => call(`${url}/exports`, "POST"));
  const load = startLoad([
    async () => {
      await call(`${url}/reports/${Math.floor(Math.random() * 1000)}`, "GET");
      await pause(10, 60 + 50 * Math.sin(performance.now() / 9000));
    },
    async () => {
      await call(`${url}/thumbnails`, "POST");
      await pause(50, 400);
    },
    async () => {
      await call(`${url}/mail`, "POST");
      await pause(100, 500);
    },
    ...exports,
  ]);
  cleanUp(t, () => load.stop());
  await delay(MINUTE);
  mkdirSync(IMAGES, { recursive: true });
  for (const { name, ...options } of PICTURES) {
    const { page } = await openPage(t, href, options);
    await page.locator("#state[data-state=live]").waitFor();
    await page.locator("#processes tbody tr").first().waitFor();
    await delay(2500);
    await page.screenshot({ path: join(IMAGES, `status-${name}.png`) });
    if (name !== "light") continue;
    await page.locator("#failures button.link").first().click();
    await page.locator("#timeline[open]").waitFor();
    await page.setViewportSize({ width: 880, height: 760 });
    await page.screenshot({ path: join(IMAGES, "status-timeline.png") });
  }
});
