// Shared computers: nothing of a learner that can be read stays behind.
import { chromium, chromiumFlags } from "./fixtures/chromium.ts";
import { at, go, heading, kept, open, signIn, signOut, stored } from "./fixtures/app.ts";
import { names, work } from "./fixtures/cohort.ts";
import { answerNo, declare, expectReceipt, expectSaved } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Page } from "@playwright/test";

// The browser's own way of going back, which shows a page as it was left.
test.use({
  launchOptions: {
    executablePath: chromium(),
    args: chromiumFlags,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  },
});

/** What would tell who was here, or what they do. */
const traces = [names.L1002, "Jack", "L1002", work.extended.title, work.thisWeek.title, "Welding Level 2"];

async function expectNoTrace(page: Page): Promise<void> {
  const seen = { page: await page.content(), title: await page.title(), stored: await stored(page) };
  for (const [where, text] of Object.entries(seen))
    expect(
      traces.filter((trace) => text.includes(trace)),
      where,
    ).toEqual([]);
}

test("while a learner is signed in, what is kept of them is not readable in any storage; the page shows it", async ({
  page,
}) => {
  await signIn(page, "L1002", "shared");
  await go(page, at.deadlines);
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
  expect(await page.content()).toContain(work.extended.title);
  const kept = await stored(page);
  expect(kept).toContain("known");
  expect(traces.filter((trace) => kept.includes(trace))).toEqual([]);
});

test("signing out leaves nothing to read: on the page, in its title, in any storage", async ({ page }) => {
  await signIn(page, "L1002", "shared");
  await kept(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  await go(page, at.declare(work.extended.id));
  await answerNo(page, "The work");
  await go(page, at.deadlines);
  await signOut(page);
  await expectNoTrace(page);
  await page.reload();
  await expect(heading(page, "Sign in")).toBeVisible();
  await expectNoTrace(page);
});

test("signing out says first what is lost", async ({ page }) => {
  await signIn(page, "L1002", "shared");
  await go(page, at.declare(work.extended.id));
  await answerNo(page, "The work");
  await go(page, at.signOut);
  await expect(page.getByText("1 unfinished declaration is on this device. Signing out deletes it.")).toBeVisible();
  await page.getByRole("link", { name: "Stay signed in" }).click();
  await expect(heading(page, "Today")).toBeVisible();
});

test("signing out ends the session on the server too", async ({ page, portal }) => {
  await signIn(page, "L1002", "shared");
  const [cookie] = await page.context().cookies();
  await signOut(page);
  await expect.poll(() => page.context().cookies()).toEqual([]);
  const answer = await fetch(`${portal.url}/api/v1/session`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
  expect(answer.status).toBe(401);
});

test("Back after signing out shows nothing", async ({ page }) => {
  await signIn(page, "L1002", "shared");
  await go(page, at.deadlines);
  await expect(heading(page, "Deadlines")).toBeVisible();
  await go(page, at.deadline(work.extended.id));
  await expect(heading(page, work.extended.title)).toBeVisible();
  await signOut(page);
  for (const _ of [1, 2, 3]) {
    await page.goBack();
    await expect(page.getByLabel("Learner reference")).toBeVisible();
    await expectNoTrace(page);
  }
});

test("Back to a page that was left before signing out elsewhere shows nothing", async ({ page, context, noise }) => {
  noise.allowFailedRequests();
  await signIn(page, "L1002", "shared");
  await go(page, at.deadlines);
  await expect(heading(page, "Deadlines")).toBeVisible();
  const other = await context.newPage();
  await open(other);
  await page.goto("/api/docs");
  await signOut(other);
  await page.evaluate(() => history.back());
  await expect(page.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(page);
});

test("another tab that is open shows nothing after signing out", async ({ page, context }) => {
  await signIn(page, "L1002", "shared");
  const other = await context.newPage();
  await open(other, at.deadlines);
  await expect(other.getByRole("link", { name: work.extended.title })).toBeVisible();
  await signOut(page);
  await other.bringToFront();
  await expect(other.getByLabel("Learner reference")).toBeVisible();
  await expectNoTrace(other);
});

test("signing out without a connection wipes the device at once, and the session ends when there is one", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page, "L1002", "shared");
  await kept(page);
  const [cookie] = await page.context().cookies();
  await portal.stop();
  await signOut(page);
  await expectNoTrace(page);
  await portal.start();
  await open(page);
  const session = () =>
    fetch(`${portal.url}/api/v1/session`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
  await expect.poll(async () => (await session()).status).toBe(401);
});

// A tab that was left behind had the next learner's cookie: it said 'Up to date', and kept its own records as theirs.
test("a tab that was left behind shows nothing once the next learner has signed in, and keeps nothing", async ({
  page,
  context,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page, "L1002", "shared");
  await go(page, at.deadlines);
  await expect(heading(page, "Deadlines")).toBeVisible();
  const other = await context.newPage();
  await open(other);
  await page.goto("/api/docs");
  await signOut(other);
  await signIn(other, "L1003", "shared");
  await page.evaluate(() => history.back());
  await expect(page.getByText(names.L1002)).toBeHidden();
  await expect(page.getByRole("link", { name: work.extended.title })).toBeHidden();
  await other.reload();
  await go(other, at.device);
  await expect(other.getByText(names.L1003)).toBeVisible();
  await expectNoTrace(other);
});

// The address was still that of the sign-out before, so the link did nothing.
test("the next learner on the same page can sign out as well", async ({ page }) => {
  await signIn(page, "L1002", "shared");
  await signOut(page);
  await signIn(page, "L1003", "shared");
  await signOut(page);
  await expect(heading(page, "You are signed out")).toBeVisible();
});

test("the next learner sees nothing of the one before", async ({ page }) => {
  await signIn(page, "L1002", "shared");
  await declare(page, work.winter.id);
  await expectReceipt(page);
  await signOut(page);
  await signIn(page, "L1003", "shared");
  for (const address of [at.today, at.deadlines, at.live, at.work, at.receipts, at.device]) {
    await go(page, address);
    await expectNoTrace(page);
  }
});

test("what a learner signed without a connection goes as theirs when the next learner is here, who sees a count and no name", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page, "L1002", "shared");
  await kept(page);
  await portal.stop();
  await declare(page, work.winter.id);
  await expectSaved(page);
  await go(page, at.signOut);
  await expect(page.getByText("1 declaration is not sent yet.")).toBeVisible();
  await signOut(page);
  await expect(page.getByText(/^1 message on this device is not sent yet\. Nobody here can read it\./)).toBeVisible();
  await expectNoTrace(page);
  await portal.start();
  await signIn(page, "L1003", "shared");
  await expect.poll(() => portal.declarations().map((one) => one.learner), { timeout: 60_000 }).toEqual(["L1002"]);
  await go(page, at.receipts);
  await expect(page.getByText("You have not declared any work yet.")).toBeVisible();
  await expect(page.getByText(/of other learners/)).toBeHidden();
  await expectNoTrace(page);
});
