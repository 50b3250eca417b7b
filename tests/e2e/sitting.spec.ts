// Who sits at a shared computer: closing, loading again, walking away.
import { arrived, at, go, heading, kept, open, signIn, stored } from "./fixtures/app.ts";
import { names, work } from "./fixtures/cohort.ts";
import { answerNo, declare, expectSaved } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Page } from "@playwright/test";

const traces = [names.L1002, "L1002", work.extended.title, work.winter.title];

async function expectNoTrace(page: Page): Promise<void> {
  const seen = (await page.content()) + (await page.title()) + (await stored(page));
  expect(traces.filter((trace) => seen.includes(trace))).toEqual([]);
}

test.beforeEach(({ noise }) => noise.allowFailedRequests());

test("loading the page again keeps the learner signed in, with a connection or without", async ({ page, portal }) => {
  await signIn(page, "L1002", "shared");
  await kept(page);
  await go(page, at.deadlines);
  await page.reload();
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
  await portal.stop();
  await page.reload();
  await arrived(page);
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toBe("{}");
});

test("closing the last tab ends the session: whoever opens the portal next signs in", async ({
  page,
  context,
  portal,
}) => {
  await signIn(page, "L1002", "shared");
  const [cookie] = await context.cookies();
  await page.close();
  const next = await context.newPage();
  await open(next, at.deadlines);
  await expect(next.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(next);
  const session = () =>
    fetch(`${portal.url}/api/v1/session`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
  await expect.poll(async () => (await session()).status).toBe(401);
});

test("on their own device a learner who closes the tab is still signed in", async ({ page, context, portal }) => {
  await signIn(page, "L1002", "own");
  await kept(page);
  await page.close();
  await portal.stop();
  const next = await context.newPage();
  await open(next, at.deadlines);
  await expect(next.getByRole("link", { name: work.extended.title })).toBeVisible();
});

for (const connected of [true, false])
  test(`a shared computer that is left ${connected ? "" : "without a connection "}locks after ten minutes; the draft is there for its learner, and for nobody else`, async ({
    page,
    portal,
  }) => {
    await page.clock.install();
    await signIn(page, "L1002", "shared");
    await kept(page);
    await go(page, at.declare(work.extended.id));
    await answerNo(page, "The work");
    await expect(page.getByText("Saved on this device. You can stop and come back.")).toBeVisible();
    if (!connected) await portal.stop();
    await page.clock.fastForward("08:30");
    await expect(heading(page, "The work")).toBeVisible();
    await page.clock.fastForward("01:40");
    await expect(page.getByLabel("Learner reference")).toBeVisible();
    await expectNoTrace(page);
    await page.goBack();
    await expect(page.getByLabel("Learner reference")).toBeVisible();
    await expectNoTrace(page);
    if (!connected) await portal.start();
    await signIn(page, "L1003", "shared");
    await go(page, at.declare(work.winter.id));
    await expectNoTrace(page);
    await go(page, at.signOut);
    await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByLabel("Learner reference")).toBeVisible();
    await signIn(page, "L1002", "shared");
    await go(page, at.declare(work.extended.id));
    await expect(page.getByRole("radio", { name: /^No\b/ })).toBeChecked();
  });

test("a laptop that slept for an hour shows nothing when it is opened, and a touch does not bring it back", async ({
  page,
}) => {
  await page.clock.install();
  await signIn(page, "L1002", "shared");
  await go(page, at.deadlines);
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
  // The clock has gone on, and no timer has run.
  await page.clock.setSystemTime(new Date((await page.evaluate(() => Date.now())) + 3_600_000));
  await page.mouse.click(5, 5);
  await expect(page.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(page);
});

test("a declaration that was signed before the lock is sent while nobody is signed in", async ({ page, portal }) => {
  await page.clock.install();
  await signIn(page, "L1002", "shared");
  await kept(page);
  await portal.stop();
  await declare(page, work.winter.id);
  await expectSaved(page);
  await page.clock.fastForward("10:05");
  await expect(page.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(page);
  await portal.start();
  await page.clock.fastForward("01:00");
  await expect.poll(() => portal.declarations().map((one) => one.learner), { timeout: 30_000 }).toEqual(["L1002"]);
  await signIn(page, "L1002", "shared");
  await go(page, at.receipts);
  await expect(page.getByRole("article")).toContainText("Received");
});
