// A shared computer that a learner leaves without signing out.
import type { BrowserContext, Page } from "@playwright/test";
import { at, go, heading, kept, open, signIn, stored } from "../fixtures/app.ts";
import { names, work } from "../fixtures/cohort.ts";
import { question } from "../fixtures/declaration.ts";
import type { Portal } from "../fixtures/portal.ts";
import { expect, test } from "../fixtures/test.ts";

const traces = [names.L1002, "Jack", "L1002", work.extended.title, work.winter.title, "Welding Level 2", "My brother"];

test.beforeEach(({ noise }) => noise.allowFailedRequests());

async function expectNoTrace(page: Page): Promise<void> {
  const seen = { page: await page.content(), title: await page.title(), stored: await stored(page) };
  for (const [where, text] of Object.entries(seen))
    expect(
      traces.filter((trace) => text.includes(trace)),
      where,
    ).toEqual([]);
}

/** Asks the server whether the session of this browser is still one. */
async function session(context: BrowserContext, portal: Portal): Promise<() => Promise<number>> {
  const [cookie] = await context.cookies();
  const headers = { cookie: `${cookie.name}=${cookie.value}` };
  return async () => (await fetch(`${portal.url}/api/v1/session`, { headers })).status;
}

async function drafts(page: Page): Promise<void> {
  await go(page, at.declare(work.winter.id, "help"));
  await page.getByRole("radio", { name: "Yes, somebody helped me" }).check();
  await question(page, "Helper 1").getByLabel("Who helped you?").fill("My brother");
  await expect(page.getByText("Saved on this device. You can stop and come back.")).toBeVisible();
}

test("a learner who walks away is asked at 9 minutes and locked out at 10; the session ends; the draft is back when they are", async ({
  page,
  context,
  portal,
}) => {
  await page.clock.install();
  await signIn(page, "L1002", "shared");
  await drafts(page);
  const status = await session(context, portal);
  expect(await status()).toBe(200);
  await page.clock.fastForward("09:05");
  await expect(page.getByRole("alertdialog").getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await page.clock.fastForward("01:05");
  await expect(heading(page, "You have been signed out")).toBeVisible();
  await expectNoTrace(page);
  await page.goBack();
  await expect(page.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(page);
  await expect.poll(status).toBe(401);

  await signIn(page, "L1002", "shared");
  await go(page, at.declare(work.winter.id, "help"));
  await expect(question(page, "Helper 1").getByLabel("Who helped you?")).toHaveValue("My brother");
});

test("a laptop that slept for an hour shows nothing when it is opened, before anybody touches it", async ({ page }) => {
  await page.clock.install();
  await signIn(page, "L1002", "shared");
  await kept(page);
  await go(page, at.deadlines);
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
  await page.clock.fastForward("01:00:00");
  await expect(page.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(page);
});

test("the lock comes without a connection too, and the session ends when there is one", async ({
  page,
  context,
  portal,
}) => {
  await page.clock.install();
  await signIn(page, "L1002", "shared");
  await kept(page);
  const status = await session(context, portal);
  await portal.stop();
  await page.clock.fastForward("10:05");
  await expect(page.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(page);
  await portal.start();
  await open(page);
  await expect.poll(status, { timeout: 30_000 }).toBe(401);
});

test("closing the tab leaves nothing to read, and whoever opens the portal next has to sign in", async ({
  page,
  context,
  portal,
}) => {
  await signIn(page, "L1002", "shared");
  await kept(page);
  await drafts(page);
  const status = await session(context, portal);
  await page.close({ runBeforeUnload: true });
  const next = await context.newPage();
  await next.goto("/robots.txt");
  const left = await stored(next);
  expect(traces.filter((trace) => left.includes(trace))).toEqual([]);
  await open(next);
  await expect(heading(next, "Sign in")).toBeVisible();
  await expectNoTrace(next);
  await expect.poll(status, { timeout: 30_000 }).toBe(401);
});

test("closing the tab without a connection: whoever opens the portal next sees nothing", async ({
  page,
  context,
  portal,
}) => {
  await signIn(page, "L1002", "shared");
  await kept(page);
  await portal.stop();
  await page.close({ runBeforeUnload: true });
  const next = await context.newPage();
  await open(next, at.deadlines);
  await expect(next.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(next);
});

test("closing one of two tabs closes nothing else: the learner goes on in the other", async ({ page, context }) => {
  await signIn(page, "L1002", "shared");
  const other = await context.newPage();
  await open(other, at.deadlines);
  await expect(other.getByRole("link", { name: work.extended.title })).toBeVisible();
  await page.close({ runBeforeUnload: true });
  await other.reload();
  await expect(other.getByRole("link", { name: work.extended.title })).toBeVisible();
});

test("loading the page again without a connection keeps a learner signed in on a shared computer", async ({
  page,
  portal,
}) => {
  await signIn(page, "L1002", "shared");
  await kept(page);
  await portal.stop();
  await go(page, at.deadlines);
  await page.reload();
  await expect(heading(page, "Deadlines")).toBeVisible();
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
});
