// A browser that clears what it had promised nobody to keep.
import type { BrowserContext } from "@playwright/test";
import { at, go, kept, open, signIn } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import { declare, expectReceipt, expectSaved } from "../fixtures/declaration.ts";
import type { Portal } from "../fixtures/portal.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ gated: true });
test.beforeEach(({ noise }) => noise.allowFailedRequests());

/** Deletes the portal's database while the portal is closed, as a browser that runs out of room does. */
async function evict(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.close();
  const bare = await context.newPage();
  await bare.goto("/robots.txt");
  await bare.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const deleting = indexedDB.deleteDatabase("portal");
        deleting.onsuccess = () => done();
        deleting.onerror = () => failed(deleting.error);
      }),
  );
  await bare.close();
}

test("a browser that clears its storage with a declaration unsent: the learner is told, and the server sees the gap", async ({
  page,
  context,
  portal,
}) => {
  await signIn(page);
  await kept(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  const busy = { status: 503, type: "text/plain", body: "Not now." };
  portal.gate!.fault = (_, path) => (path.startsWith("/api/") ? busy : undefined);
  await declare(page, work.summer.id);
  await expectSaved(page);
  await evict(context);
  portal.gate!.fault = () => undefined;

  const later = await context.newPage();
  await open(later);
  await expect(later.getByText(/^This browser has cleared what was saved here\./)).toBeVisible();
  await signIn(later);
  await go(later, at.receipts);
  await expect(later.getByRole("article")).toHaveCount(1);

  await declare(later, work.summer.id);
  await expectReceipt(later);
  expect(numbers(portal)).toEqual([1, 3]);
  expect(portal.command("gaps")).toMatch(/\b2\b/);
  await expect(
    later.getByText(/^1 message sent from here never arrived, and is no longer on this device\./),
  ).toBeVisible();
});

test("a browser that clears its storage with nothing unsent: the next declaration goes, and no gap is seen", async ({
  page,
  context,
  portal,
}) => {
  await signIn(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  await evict(context);
  const later = await context.newPage();
  await open(later);
  await signIn(later);
  await go(later, at.receipts);
  await expect(later.getByRole("article")).toHaveCount(1);
  await declare(later, work.summer.id);
  await expectReceipt(later);
  expect(numbers(portal)).toEqual([1, 2]);
  await expect(later.getByText(/never arrived/)).toBeHidden();
});

/** The numbers that the device gave to what arrived. */
function numbers(portal: Portal): number[] {
  return portal.declarations().map((one) => (JSON.parse(one.change) as { seq: number }).seq);
}
