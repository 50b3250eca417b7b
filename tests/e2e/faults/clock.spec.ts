// Devices whose clock is wrong, or that were off for days.
import type { Page } from "@playwright/test";
import { at, go, kept, open, signIn } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import { declare, expectReceipt, expectSaved } from "../fixtures/declaration.ts";
import type { Portal } from "../fixtures/portal.ts";
import { expect, test } from "../fixtures/test.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

test.beforeEach(({ noise }) => noise.allowFailedRequests());

/** Signs without a connection, and gives what the server has of it when the connection is back. */
async function signedOffline(page: Page, portal: Portal, id: string) {
  await portal.stop();
  await declare(page, id);
  await expectSaved(page);
  await portal.start();
  await expectReceipt(page, 60_000);
  const kept = portal.declarations().find((one) => one.assignment === id)!;
  return { kept, signed: JSON.parse(kept.change).what.declare as { device_time: string; clock_offset_ms: number } };
}

for (const days of [-3, 3]) {
  test(`a clock ${Math.abs(days)} days ${days < 0 ? "slow" : "fast"}, signed offline: its time, its error and ours are kept, and it is late by ours alone`, async ({
    page,
    portal,
  }) => {
    await page.clock.install({ time: Date.now() + days * DAY });
    await signIn(page);
    await kept(page);
    for (const [what, late] of [[work.thisWeek, false] as const, [work.late, true] as const]) {
      const { kept, signed } = await signedOffline(page, portal, what.id);
      const now = Date.now();
      expect(kept.late).toBe(late);
      expect(Math.abs(Date.parse(kept.received_at) - now)).toBeLessThan(2 * MINUTE);
      expect(Math.abs(Date.parse(signed.device_time) - now - days * DAY)).toBeLessThan(2 * MINUTE);
      expect(Math.abs(signed.clock_offset_ms + days * DAY)).toBeLessThan(2 * MINUTE);
      await expect(page.getByText("It came after the deadline.")).toBeVisible({ visible: late });
    }
  });
}

/** The Sundays on which clocks change in London: an hour that does not exist, and one that comes twice. */
const sundays = {
  "the spring Sunday": ["2026-03-29T00:59:00Z", "12:59am", "2026-03-29T01:01:00Z", "2:01am"],
  "the autumn Sunday": ["2026-10-25T00:30:00Z", "1:30am", "2026-10-25T01:30:00Z", "1:30am"],
};
for (const [sunday, [first, firstShown, second, secondShown]] of Object.entries(sundays)) {
  test(`on ${sunday} what is signed before and after the clocks change keeps its true time and its order`, async ({
    page,
    portal,
  }) => {
    await page.clock.install({ time: new Date(first) });
    await signIn(page, "L1001", "own");
    await kept(page);
    await portal.stop();
    const moments: [string, string, string][] = [
      [work.winter.id, first, firstShown],
      [work.summer.id, second, secondShown],
    ];
    for (const [id, moment, shown] of moments) {
      await page.clock.setSystemTime(new Date(moment));
      await declare(page, id);
      await expectSaved(page);
      await expect(page.getByRole("main")).toContainText(shown);
    }
    await portal.start();
    await expect.poll(() => portal.declarations().length, { timeout: 60_000 }).toBe(2);
    const kept_ = portal.declarations().map((one) => JSON.parse(one.change));
    for (const [id, moment] of moments) {
      const { made_at, what } = kept_.find((change) => change.what.declare.assignment === id);
      for (const time of [made_at, what.declare.device_time])
        expect(Date.parse(time) - Date.parse(moment)).toBeGreaterThanOrEqual(0);
      expect(Date.parse(what.declare.device_time) - Date.parse(moment)).toBeLessThan(2 * MINUTE);
    }
  });
}

test("eight days without a network: the app opens each day, what was signed waits, it warns, and then it arrives", async ({
  page,
  portal,
}) => {
  await page.clock.install();
  await signIn(page, "L1001", "own");
  await kept(page);
  await portal.stop();
  await declare(page, work.winter.id);
  await expectSaved(page);
  const warning = page.getByText(/^1 message has waited on this device for more than 3 days\./);
  for (let day = 1; day <= 8; day++) {
    await page.clock.fastForward(DAY);
    await open(page, at.deadlines);
    await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
    await go(page, at.receipts);
    await expect(page.getByRole("article")).toContainText("Saved on this device, not sent yet");
    await expect(warning).toBeVisible({ visible: day >= 3 });
  }
  await portal.start();
  await expect(page.getByRole("article")).toContainText("Received", { timeout: 60_000 });
  await expect(warning).toBeHidden();
  expect(portal.declarations().map((one) => one.assignment)).toEqual([work.winter.id]);
});
