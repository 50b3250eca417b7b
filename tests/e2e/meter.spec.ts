// How much of a learner's data the portal has taken, as 'This device' says it, beside what really went over the line: by the browser's own
// network log (CDP, the service worker's included) and by the gate, which counts every byte of every request and answer, headers too.
import type { Page } from "@playwright/test";
import { Meter } from "../cost/meter.ts";
import { at, go, heading, kept, keptRows, open, signIn, signOut, upToDate } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { declare, expectReceipt } from "./fixtures/declaration.ts";
import type { Portal } from "./fixtures/portal.ts";
import { expect, test } from "./fixtures/test.ts";

test.use({ gated: true });

/** The tally as it is kept: bytes, by row. */
const rows = (page: Page) => keptRows(page, "device.data.");
const tally = async (page: Page) => (await rows(page)).reduce((sum, [, bytes]) => sum + Number(bytes), 0);
const inMonth = (date: Date) =>
  date.toLocaleDateString("en-GB", { timeZone: "Europe/London", month: "long", year: "numeric" });
const value = (page: Page, term: RegExp | string) =>
  page
    .getByRole("main")
    .locator("dl > div")
    .filter({ has: page.getByText(term) })
    .locator("dd");

/** Nothing is under way, and the browser has asked so many times whether there is a newer worker, and the worker for settings. */
async function quiet(page: Page, portal: Portal, worker: number, settings = 1): Promise<void> {
  const gate = portal.gate!;
  const asked = (file: string) => gate.seen.filter(({ path }) => path === file).length;
  await expect.poll(() => asked("/sw.js")).toBeGreaterThanOrEqual(worker);
  await expect.poll(() => asked("/config.json")).toBeGreaterThanOrEqual(settings);
  await page.waitForLoadState("networkidle");
  await expect.poll(() => gate.waiting).toBe(0);
}

/** What went over the line: as the gate has it, and as the browser's log has it (with the requests, and what that leaves out, from the gate:
 * the browser's own question about the worker's script). */
function truth(portal: Portal, meter: Meter): { gate: number; browser: number } {
  const { seen } = portal.gate!;
  const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
  const asked = sum(seen.map((one) => one.asked));
  const unseen = sum(seen.filter(({ path }) => path === "/sw.js").map((one) => one.answered));
  return {
    gate: asked + sum(seen.map((one) => one.answered)),
    browser: asked + unseen + sum(meter.asked.map(({ bytes }) => bytes)),
  };
}

const within = (counted: number, real: number, share: number) => Math.abs(counted - real) <= real * share;

test("what this device says agrees with the line: first visit, three more, a declaration, a look for a newer version", async ({
  page,
  portal,
}) => {
  const meter = new Meter({ name: "no limit", roundTrip: 0, slower: 1 });
  await meter.watch(page);
  await open(page, at.deadlines);
  await signIn(page);
  await kept(page);
  await quiet(page, portal, 1);
  const figures = async () => ({ tally: await tally(page), ...truth(portal, meter) });
  // Of the whole until then: a part that was not counted, or twice, is more than half a percent. The browser's own log is late with a worker
  // that wakes up, and with an answer that it has not told the end of.
  const agrees = (what: string) =>
    expect
      .poll(async () => {
        const now = await figures();
        const near = within(now.tally, now.gate, 0.005) && within(now.tally, now.browser, 0.05);
        return near ? "" : `${what}: ${JSON.stringify(now)}`;
      })
      .toBe("");
  await agrees("the first visit");
  // Two too short for the settings to be asked for, and one that is not.
  for (const visit of [2, 3, 4]) {
    await open(page, at.deadlines);
    await upToDate(page);
    await quiet(page, portal, visit, visit === 4 ? 2 : 1);
  }
  await agrees("three more visits");
  await declare(page, work.extended.id);
  await expectReceipt(page);
  await upToDate(page);
  await quiet(page, portal, 4);
  await agrees("a declaration");
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  await quiet(page, portal, 5);
  await agrees("all of it");
  console.log("counted %d; by the gate %d, by the browser's log %d", ...Object.values(await figures()));
  await go(page, at.device);
  await expect(value(page, `Used in ${inMonth(new Date())}, on this device`)).toHaveText(
    `${Math.ceil((await tally(page)) / 1000)} kB`,
  );
  await expect(value(page, "The month before")).toHaveText("0 bytes");
});

test("an opening without a network counts nothing", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await quiet(page, portal, 1);
  const meter = new Meter({ name: "no limit", roundTrip: 0, slower: 1 });
  await expect.poll(async () => within(await tally(page), truth(portal, meter).gate, 0.005)).toBe(true);
  const before = await rows(page);
  await portal.stop();
  await open(page, at.deadlines);
  await expect(page.getByRole("banner")).toContainText("No connection");
  await go(page, at.device);
  await expect(value(page, /^Used in /)).toHaveText(`${Math.ceil((await tally(page)) / 1000)} kB`);
  expect(await rows(page)).toEqual(before);
});

test("two tabs count their own, each once", async ({ page, context, portal }) => {
  await signIn(page);
  await kept(page);
  await quiet(page, portal, 1);
  const meter = new Meter({ name: "no limit", roundTrip: 0, slower: 1 });
  await expect.poll(async () => within(await tally(page), truth(portal, meter).gate, 0.05)).toBe(true);
  const other = await context.newPage();
  for (const tab of [page, other]) await open(tab, at.deadlines);
  for (const tab of [page, other]) await upToDate(tab);
  // The browser asks once for tabs that are opened together.
  await quiet(page, portal, 2);
  await expect.poll(async () => within(await tally(page), truth(portal, meter).gate, 0.05)).toBe(true);
});

test("the tally is the device's: it outlives a sign-out, and says nothing of who was there", async ({ page }) => {
  await signIn(page, "L1001", "shared");
  await expect.poll(() => tally(page)).toBeGreaterThan(100_000);
  const before = await tally(page);
  await signOut(page);
  expect(await tally(page)).toBeGreaterThanOrEqual(before);
  for (const [key] of await rows(page)) expect(key).toMatch(/^device\.data\.\d{4}-\d{2}$/);
  await go(page, at.device);
  await expect(value(page, /^Used in /)).toHaveText(/^\d+ kB$/);
});

test("a month ends by the provider's clock, the month before stays beside it, and older ones go", async ({ page }) => {
  await page.clock.install({ time: new Date("2027-04-30T12:00:00Z") });
  await signIn(page);
  // The service worker has a clock of its own, which tests cannot set.
  const months = async () =>
    (await rows(page)).map(([key]) => key.slice("device.data.".length)).filter((key) => key > "2027");
  await expect.poll(months).toEqual(["2027-04"]);
  for (const [time, expected] of [
    // Both in May by UTC; in London the second is in June.
    ["2027-05-31T22:30:00Z", ["2027-04", "2027-05"]],
    ["2027-05-31T23:30:00Z", ["2027-05", "2027-06"]],
  ] as const) {
    await page.clock.setSystemTime(new Date(time));
    await open(page, at.device);
    await upToDate(page);
    await expect.poll(months).toEqual(expected);
  }
  await expect(heading(page, "This device")).toBeVisible();
  await expect(value(page, "Used in June 2027, on this device")).toHaveText(/^\d+ (bytes|kB)$/);
  await expect(value(page, "The month before")).toHaveText(/^\d+ (bytes|kB)$/);
});
