import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { SLEEP, words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";
import { until } from "../helpers/until.ts";
import { NO_BROWSER, type Opened, openPage } from "./browser.ts";
import { call, startAdmin, startLoad } from "./sample.ts";

const BROWSER = { skip: NO_BROWSER };

/** What would run if it were taken for markup. */
const MARKUP = "<img src=x onerror=\"document.title='taken over'\">";

const ROUTES = `
  /true:
    get: {cmd: /bin/true, reply: report}
  /sleep:
    get: {cmd: ${SLEEP}, timeout: 1m}
  /fail/{name}:
    get: {cmd: ${words("/bin/sh", "-c", `echo first >&2; printf '%s\\n' ${JSON.stringify(MARKUP)} >&2; exit 3`)}}`;

/** A gateway with these routes and its page in a browser; after the test the page has done nothing that it must not. */
async function start(t: TestContext, { top = "", withToken = true } = {}) {
  const { gateway, origin, token, href } = await startAdmin(t, ROUTES, top);
  const opened = await openPage(t, withToken ? href : `${origin}/`);
  await opened.page.locator("#state[data-state=live]").waitFor();
  return { url: gateway.url, token, origin, ...opened };
}

/** The page asked nobody but its own port, and no script of it failed. */
function checkQuiet({ errors, asked }: Pick<Opened, "errors" | "asked">, origin: string): void {
  assert.deepEqual(errors, []);
  assert.deepEqual([...new Set(asked.map((asked) => asked.origin))], [origin]);
}

/** Callers of a route that sleeps, who hang up after the test. */
function startSleepers(t: TestContext, url: string, number: number): Promise<number>[] {
  const abort = new AbortController();
  cleanUp(t, () => abort.abort());
  const callers = Array.from({ length: number }, () => call(`${url}/sleep`, "GET", abort.signal));
  for (const caller of callers) caller.catch(() => {});
  return callers;
}

test("the numbers move while requests come in, and the address keeps no token", BROWSER, async (t) => {
  const { page, url, origin, token, ...opened } = await start(t);
  assert.notEqual(token, "");
  assert.equal(page.url(), `${origin}/`);
  const load = startLoad([() => call(`${url}/true`, "GET")]);
  cleanUp(t, () => load.stop());
  const number = async (selector: string) =>
    Number.parseFloat((await page.locator(selector).first().textContent())?.replaceAll(",", "") ?? "");
  await until("a rate", async () => (await number("#tile-rate")) > 0);
  const before = await number("#tile-rate-note");
  await until("more requests than before", async () => (await number("#tile-rate-note")) > before);
  await until("a median", async () => (await number("#tile-p50")) > 0);
  await until("the chart's last value", async () => (await number("#rate-legend .value")) > 0);
  await page.locator("#routes tbody tr", { hasText: "GET /true" }).waitFor();
  await page.locator("#requests button", { hasText: "GET /true" }).first().waitFor();
  assert.ok(((await page.locator("#rate-chart canvas").boundingBox())?.width ?? 0) > 100);
  checkQuiet(opened, origin);
});

test("a process is killed by keyboard alone; its caller is told, and the failure appears", BROWSER, async (t) => {
  const { page, url, origin, ...opened } = await start(t);
  const [caller] = startSleepers(t, url, 1);
  await page.getByRole("button", { name: /^Kill process \d+ of GET \/sleep$/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: /^Kill process \d+\?$/ }).waitFor();
  assert.equal(await page.locator("#token").isVisible(), false);
  await page.keyboard.press("Enter");
  assert.equal(await caller, 502);
  const failure = page.locator("#failures tbody tr").first();
  await failure.getByText("process-failed: killed by an operator, then SIGTERM").waitFor();
  await page.getByText("No process runs.").waitFor();
  assert.equal(await page.evaluate("document.activeElement.id"), "running");
  checkQuiet(opened, origin);
});

test("the token is asked for once where it is not known, and Escape kills nothing", BROWSER, async (t) => {
  const { page, url, origin, token, ...opened } = await start(t, { withToken: false });
  const callers = startSleepers(t, url, 2);
  const kill = page.getByRole("button", { name: /^Kill process/ });
  await kill.nth(1).waitFor();
  await kill.first().click();
  await page.locator("#token").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#ask").waitFor({ state: "hidden" });
  assert.equal(await kill.count(), 2);
  await kill.first().click();
  await page.keyboard.type(token);
  await page.keyboard.press("Enter");
  await until("one of two", async () => (await kill.count()) === 1);
  await kill.first().click();
  await page.getByRole("dialog").waitFor();
  assert.equal(await page.locator("#token").isVisible(), false);
  await page.keyboard.press("Enter");
  assert.deepEqual(await Promise.all(callers), [502, 502]);
  checkQuiet(opened, origin);
});

test(
  "a failure appears with its standard error as text, whatever that is, and opens its timeline",
  BROWSER,
  async (t) => {
    const { page, url, origin, ...opened } = await start(t);
    assert.equal(await call(`${url}/fail/${encodeURIComponent(MARKUP)}`, "GET"), 502);
    const failure = page.locator("#failures tbody tr").first();
    assert.equal(await failure.locator("pre").textContent(), `first\n${MARKUP}`);
    await failure.getByText("process-failed: exit code 3").waitFor();
    await failure.getByRole("button", { name: "GET /fail/{name}" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "GET /fail/{name}" });
    await dialog.waitFor();
    assert.deepEqual(await dialog.locator("tbody th").allTextContents(), ["Queue", "Spawn", "Run", "Reply"]);
    assert.equal(await dialog.locator("pre").textContent(), `first\n${MARKUP}`);
    await dialog.getByText("502 process-failed").waitFor();
    const widths = await dialog
      .locator(".span")
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    assert.ok(widths.every((width) => width > 0));
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.title(), "urocket status");
    checkQuiet(opened, origin);
  },
);

test("who waits in line is shown, and found by its id", BROWSER, async (t) => {
  const { page, url, origin, ...opened } = await start(t, { top: "limits: {processes: 1, queue: 5}" });
  startSleepers(t, url, 3);
  await until("two in line", async () => (await page.locator("#line tbody tr").count()) === 2);
  assert.equal(await page.locator("#processes tbody tr").count(), 1);
  const id = await page.locator("#line button.link").last().getAttribute("title");
  assert.ok(id !== null);
  await page.getByLabel("Request id").fill(id);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "GET /sleep" });
  await dialog.getByText("waits for a slot").waitFor();
  assert.deepEqual(await dialog.locator("tbody th").allTextContents(), ["Queue"]);
  assert.equal(await page.locator("#timeline-id").textContent(), id);
  await dialog.getByRole("button", { name: "Close" }).press("Enter");
  checkQuiet(opened, origin);
});

test("it is light or dark as the system is, until somebody chooses, and fits a phone", BROWSER, async (t) => {
  const { origin, href } = await startAdmin(t, ROUTES);
  const options = { colorScheme: "dark", viewport: { width: 360, height: 740 } } as const;
  const { page, ...opened } = await openPage(t, href, options);
  await page.locator("#routes tbody tr").first().waitFor();
  const theme = () => page.evaluate("document.documentElement.dataset.theme");
  assert.equal(await theme(), "dark");
  await page.getByRole("button", { name: "Dark" }).press("Space");
  assert.equal(await theme(), "light");
  await page.reload();
  assert.equal(await theme(), "light");
  await page.locator("#routes tbody tr").first().waitFor();
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
  checkQuiet(opened, origin);
});

test("a gateway that takes no more says so, and one that is gone is told of", BROWSER, async (t) => {
  const { gateway, href } = await startAdmin(t, ROUTES, "limits: {processes: 1, queue: 0}");
  const { page } = await openPage(t, href);
  const [caller] = startSleepers(t, gateway.url, 1);
  await page.locator("#state", { hasText: "saturated" }).waitFor();
  gateway.signal("SIGTERM");
  await page.locator("#state", { hasText: "draining" }).waitFor();
  await page.getByRole("button", { name: /^Kill process/ }).click();
  await page.keyboard.press("Enter");
  assert.equal(await caller, 502);
  await gateway.exited;
  await page.locator("#state", { hasText: "not connected" }).waitFor();
  await page.getByLabel("Request id").fill("1");
  await page.keyboard.press("Enter");
  await page.getByText("The gateway can't be reached: the request is not shown").waitFor();
});

test(
  "where looking needs the token, another is asked for after a wrong one, and who has none is let be",
  BROWSER,
  async (t) => {
    const token = "a-token-that-nobody-guesses";
    const top = "admin: {host: 0.0.0.0, port: 0, tokenfile: token}";
    const gateway = await startGateway(t, ROUTES, { top, files: { token }, log: "info" });
    const { admin } = await gateway.log.find({ admin: /^http/ });
    const { page } = await openPage(t, `http://127.0.0.1:${new URL(String(admin)).port}/?token=wrong`);
    const dialog = page.getByRole("dialog", { name: "This status is not open to all" });
    await dialog.getByText("The token was refused.").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#state", { hasText: "locked" }).waitFor();
    await page.getByText("Reload the page to be asked for the token again").waitFor();
    assert.equal(await dialog.isVisible(), false);
    await page.reload();
    await page.locator("#token").fill("another");
    await page.keyboard.press("Enter");
    await dialog.getByText("The token was refused.").waitFor();
    await page.keyboard.type(token);
    await page.keyboard.press("Enter");
    await page.locator("#state[data-state=live]").waitFor();
  },
);

test("one more than may look is told so, and let in when there is room", BROWSER, async (t) => {
  const { origin, href } = await startAdmin(t, ROUTES);
  const others = Array.from({ length: 16 }, () => new AbortController());
  cleanUp(t, () => {
    for (const other of others) other.abort();
  });
  // Held, for the connection of a response that is forgotten is closed.
  const streams = await Promise.all(others.map(({ signal }) => fetch(`${origin}/api/status/stream`, { signal })));
  const { page } = await openPage(t, href);
  await page.locator("#state", { hasText: "too many look" }).waitFor();
  assert.ok(streams.every(({ status }) => status === 200));
  others[0]?.abort();
  await page.locator("#state[data-state=live]").waitFor();
});

test("nothing sticks out of its box, and no list pushes away what comes after it", BROWSER, async (t) => {
  const long = "somebody-was-fond-of-words/".repeat(5);
  const print = words("/bin/sh", "-c", "seq -s , 1000 >&2; exit 3");
  const many = Array.from({ length: 40 }, (_, n) => `\n  /${n}:\n    get: {cmd: /bin/true}`).join("");
  const { gateway, href } = await startAdmin(t, `${ROUTES}${many}\n  /${long}{id}:\n    get: {cmd: ${print}}`);
  startSleepers(t, gateway.url, 30);
  assert.equal(await call(`${gateway.url}/${long}1`, "GET"), 502);
  for (const width of [360, 768, 1280]) {
    const { page } = await openPage(t, href, { viewport: { width, height: 800 } });
    await page.locator("#processes tbody tr").nth(29).waitFor();
    await page.locator("#failures tbody tr").first().waitFor();
    const boxes = await page
      .locator("section, figure")
      .evaluateAll((all) =>
        all.map(({ scrollWidth, clientWidth, clientHeight }) => ({ out: scrollWidth - clientWidth, clientHeight })),
      );
    assert.deepEqual(
      boxes.map(({ out }) => out),
      boxes.map(() => 0),
      `${width}`,
    );
    assert.ok(
      boxes.every(({ clientHeight }) => clientHeight <= 600),
      `${width}`,
    );
  }
});
