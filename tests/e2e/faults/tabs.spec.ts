// Several tabs on one device: one of them sends, and both show what has become of it.
import type { BrowserContext } from "@playwright/test";
import { at, go, kept, open, signIn } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import { declare, expectReceipt, expectSaved } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

const TABS = Number(process.env.TABS ?? 3);
const sends = (method: string, path: string) => method === "POST" && /^\/api\/v1\/(envelopes|changes)$/.test(path);

test.use({ gated: true });
test.beforeEach(({ noise }) => noise.allowFailedRequests());

test(`two tabs that come online in the same moment: what was signed is sent once and seen in both (${TABS} times)`, async ({
  page,
  context,
  portal,
}) => {
  test.setTimeout(60_000 + TABS * 20_000);
  const gate = portal.gate!;
  await signIn(page);
  await kept(page);
  const other = await context.newPage();
  await open(other, at.receipts);
  for (let round = 1; round <= TABS; round++) {
    await page.bringToFront(); // what is behind is drawn seldom
    await gate.close();
    await declare(page, work.winter.id);
    await expectSaved(page);
    gate.seen.length = 0;
    await gate.open();
    await Promise.all([page, other].map((tab) => tab.evaluate(() => dispatchEvent(new Event("online")))));
    const code = await expectReceipt(page, 60_000);
    expect(portal.sql("SELECT count(*), count(DISTINCT id) FROM change"), `round ${round}`).toEqual([[round, round]]);
    await other.bringToFront();
    await go(other, at.receipts);
    await other.getByRole("button", { name: "Check now" }).click();
    await expect(other.getByRole("article").filter({ hasText: code })).toHaveCount(1);
    await expect(other.getByRole("article").filter({ hasText: "not sent yet" })).toHaveCount(0);
    expect(gate.seen.filter((one) => sends(one.method, one.path)).length, `round ${round}`).toBe(1);
  }
});

test("while one tab waits for the answer, the other does not send the same again", async ({
  page,
  context,
  portal,
}) => {
  const gate = portal.gate!;
  await signIn(page);
  const other = await context.newPage();
  await open(other, at.receipts);
  let letGo = () => {};
  const until = new Promise<void>((done) => (letGo = done));
  let sent = 0;
  gate.fault = (method, path) => (sends(method, path) ? (sent++, { until }) : undefined);
  await page.bringToFront();
  await declare(page, work.winter.id);
  await expectSaved(page);
  await expect.poll(() => sent).toBe(1);
  await other.bringToFront();
  await other.reload();
  await expect(other.getByRole("article")).toContainText("Saved on this device, not sent yet");
  const news = gate.seen.filter(({ path }) => path.startsWith("/api/v1/sync")).length;
  await other.getByRole("button", { name: "Check now" }).click();
  await expect.poll(() => gate.seen.filter(({ path }) => path.startsWith("/api/v1/sync")).length).toBeGreaterThan(news);
  expect(sent).toBe(1);
  letGo();
  await expectReceipt(page, 60_000);
  expect(sent).toBe(1);
  expect(portal.sql("SELECT count(*) FROM change")).toEqual([[1]]);
});

/** Pages whose browser has no locks between tabs, and settings that refuse them. */
const lockless: Record<string, (context: BrowserContext) => Promise<unknown>> = {
  "has no locks": (context) =>
    context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined })),
  "refuses locks": (context) =>
    context.addInitScript(() => {
      if (!("LockManager" in window)) return; // about:blank
      for (const name of ["request", "query"] as const)
        LockManager.prototype[name] = () => Promise.reject(new DOMException("not here", "SecurityError"));
    }),
};
for (const [what, prepare] of Object.entries(lockless)) {
  test(`a browser that ${what} between tabs: each may send, and the server has it once`, async ({
    page,
    context,
    portal,
  }) => {
    const gate = portal.gate!;
    await prepare(context);
    await signIn(page);
    await kept(page);
    const other = await context.newPage();
    await open(other, at.receipts);
    await page.bringToFront(); // what is behind is drawn seldom
    await gate.close();
    await declare(page, work.winter.id);
    await expectSaved(page);
    await gate.open();
    await Promise.all([page, other].map((tab) => tab.evaluate(() => dispatchEvent(new Event("online")))));
    const code = await expectReceipt(page, 60_000);
    await other.bringToFront();
    await other.getByRole("button", { name: "Check now" }).click();
    await expect(other.getByRole("article").filter({ hasText: code })).toHaveCount(1);
    await expect(other.getByRole("article")).toHaveCount(1);
    expect(portal.sql("SELECT count(*) FROM change")).toEqual([[1]]);
    expect(portal.declarations()).toHaveLength(1);
  });
}
