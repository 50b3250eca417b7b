// What a learner pays each time after the first, both ways: line, headers and body of each request as Chromium sends it, and all of
// each answer as it leaves the server. HTTP/1.1 without TLS; about 310 bytes of each request are Chromium's own headers.
import type { BrowserContext, Page } from "@playwright/test";
import { at, kept, open, signIn, upToDate } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { answerAll, expectReceipt, sign } from "./fixtures/declaration.ts";
import type { Seen } from "./fixtures/gate.ts";
import type { Portal } from "./fixtures/portal.ts";
import { expect, test } from "./fixtures/test.ts";

/** The aim, 500, which is nearer than 5 % over what is reached: 497. */
const SYNC_ASKED_MAX = 500;
// What is reached, and 5 %. The aims are 500 and 3,000.
const SYNC_ANSWERED_MAX = 373;
const DECLARATION_MAX = 2_376;
/** What is new, the configuration, and the browser's own question for a newer worker. */
const AGAIN_REQUESTS = 3;
const AGAIN_MAX = 2_400;

test.use({ gated: true });

const isSync = ({ path }: Seen) => path.startsWith("/api/v1/sync");
const sum = (all: Seen[], of: "asked" | "answered" | "bytes") => all.reduce((total, one) => total + one[of], 0);
const report = (what: string, all: Seen[]) =>
  console.log(
    [
      `${what}: ${sum(all, "asked")} bytes asked, ${sum(all, "answered")} answered`,
      ...all.map((one) => `  ${one.asked} asked, ${one.answered} answered: ${one.status} ${one.method} ${one.path}`),
    ].join("\n"),
  );

/** The app's own files. */
const isShell = ({ path }: Seen) => !/^\/(api\/|sw\.js$|config\.json$)/.test(path);

test("a visit on the same day: nothing of the app is fetched, and one short question asks what is new", async ({
  page,
  context,
  portal,
}) => {
  const seen = await comesBack(page, context, portal);
  report("again, the same day", seen);
  expect(seen.filter(isShell)).toEqual([]);
  expectOneShortSync(seen);
});

test("a visit on another day, the service worker asleep: nothing of the app is fetched", async ({
  page,
  context,
  portal,
}) => {
  const seen = await comesBack(page, context, portal, async (cdp) => {
    await cdp.send("ServiceWorker.enable");
    await cdp.send("ServiceWorker.stopAllWorkers");
  });
  report("again, another day", seen);
  expect(seen.filter(isShell)).toEqual([]);
  expectOneShortSync(seen);
});

test("a declaration costs little both ways, its receipt and what is new after it included", async ({
  page,
  portal,
}) => {
  await signIn(page);
  await kept(page);
  await answerAll(page, work.extended.id);
  await page.waitForLoadState("networkidle");
  const { seen } = portal.gate!;
  seen.length = 0;
  await sign(page);
  await expectReceipt(page);
  await upToDate(page);
  await page.waitForLoadState("networkidle");
  report("a declaration", seen);
  expect(seen.filter(({ path }) => path === "/api/v1/envelopes")).toHaveLength(1);
  expect(sum(seen, "asked") + sum(seen, "answered")).toBeLessThanOrEqual(DECLARATION_MAX);
});

function expectOneShortSync(seen: Seen[]): void {
  const syncs = seen.filter(isSync);
  expect(syncs).toHaveLength(1);
  expect(seen.filter(({ path }) => path.startsWith("/api/"))).toEqual(syncs);
  expect(syncs[0].asked).toBeLessThanOrEqual(SYNC_ASKED_MAX);
  expect(syncs[0].asked).toBeGreaterThan(0);
  expect(syncs[0].answered).toBeLessThanOrEqual(SYNC_ANSWERED_MAX);
  expect(syncs[0].answered).toBeGreaterThan(0);
  expect(seen.length).toBeLessThanOrEqual(AGAIN_REQUESTS);
  expect(sum(seen, "asked") + sum(seen, "answered")).toBeLessThanOrEqual(AGAIN_MAX);
}

/** A learner who is signed in on their own device opens the app once more; returns what was asked for. */
async function comesBack(
  page: Page,
  context: BrowserContext,
  portal: Portal,
  before: (cdp: Awaited<ReturnType<BrowserContext["newCDPSession"]>>) => Promise<void> = async () => {},
): Promise<Seen[]> {
  const gate = portal.gate!;
  await signIn(page);
  await kept(page);
  await page.reload();
  await upToDate(page);
  await page.waitForLoadState("networkidle");
  // What the browser asks after a visit (is there a newer worker?) belongs to that visit.
  await expect.poll(() => gate.seen.filter(({ path }) => path === "/sw.js").length).toBeGreaterThan(1);
  await page.close();
  await expect.poll(() => gate.waiting).toBe(0);
  const again = await context.newPage();
  await before(await context.newCDPSession(again));
  gate.seen.length = 0;
  await open(again, at.deadlines);
  await upToDate(again);
  await expect.poll(() => gate.seen.some(({ path }) => path === "/sw.js")).toBe(true);
  await again.waitForLoadState("networkidle");
  await expect.poll(() => gate.waiting).toBe(0);
  return gate.seen;
}
