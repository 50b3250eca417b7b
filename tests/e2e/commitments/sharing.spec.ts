// C22: an employer or a mentor is shown what the learner chose, and no longer than the learner wants.
import type { Page } from "@playwright/test";
import { at, go, heading, kept, signIn } from "../fixtures/app.ts";
import { checkNow } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { session, work } from "../fixtures/cohort.ts";
import { expect, test } from "../fixtures/test.ts";

async function make(page: Page, whom: string, shows: string[]): Promise<string> {
  await page.getByLabel("For whom is it?").fill(whom);
  for (const shown of shows) await page.getByLabel(shown).check();
  await page.getByLabel("1 week").check();
  await page.getByRole("button", { name: "Make the page" }).click();
  await expect(page.getByRole("heading", { name: `The page for ${whom} is ready` })).toBeFocused();
  return (await page.getByText(/^http.*\/share\//).textContent()) ?? "";
}

test("C22: a learner makes a page, the employer reads it, and without a network the learner withdraws it", async ({
  page,
  portal,
  browser,
  context,
  noise,
}) => {
  noise.allowFailedRequests();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page);
  await kept(page);

  // Study time is written without a network; only making the page needs one, and says so.
  await portal.stop();
  await go(page, at.study);
  await page.getByLabel("How many minutes?").fill("50");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Not sent yet").first()).toBeVisible();
  await go(page, at.course);
  await page.getByRole("link", { name: "Show a page to somebody" }).click();
  await expect(heading(page, "Show a page to somebody")).toBeFocused();
  await page.getByRole("button", { name: "Make the page" }).click();
  for (const fault of ["Say for whom it is", "Choose what to show", "Choose for how long"])
    await expect(page.getByRole("alert")).toContainText(fault);
  await expectAccessible(page, "a page to make, with errors");
  await page.getByLabel("For whom is it?").fill("Ms Lee");
  await page.getByLabel("Study time, planned and taken").check();
  await page.getByLabel("1 week").check();
  await page.getByRole("button", { name: "Make the page" }).click();
  await expect(page.getByRole("alert")).toContainText("We could not reach the service");

  await portal.start();
  await checkNow(page);
  await expect(page.getByRole("banner")).not.toContainText("not sent yet", { timeout: 60_000 });
  const address = await make(page, "Ms Lee", ["Deadlines to come"]);
  await page.getByRole("button", { name: "Copy the address" }).click();
  await expect(page.getByText("Copied. Paste it into a message.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  await expect(page).toHaveTitle("Show a page to somebody - Learner portal");
  await expectAccessible(page, "a page that was made");

  // The employer, in a browser of their own.
  const theirs = await browser.newContext();
  const employer = await theirs.newPage();
  const answer = await employer.goto(address);
  expect(answer?.headers()["content-security-policy"]).not.toContain("script-src");
  await expect(employer).toHaveTitle(/^A shared page - /);
  await expect(heading(employer, "Amina Yusuf shares this with you")).toBeVisible();
  await expect(employer.getByText("For Ms Lee.")).toBeVisible();
  await expect(employer.getByRole("row").filter({ hasText: work.thisWeek.title })).toContainText("11:59pm");
  await expect(employer.getByRole("row").filter({ hasText: "this week" })).toContainText("50 minutes");
  const text = await employer.content();
  expect(text).not.toContain(session.next.title);
  expect(text).not.toContain(session.now.pin);
  expect(text).not.toContain("<script");
  expect(Buffer.byteLength(text)).toBeLessThan(14_000);
  expect(await theirs.cookies()).toEqual([]);
  await expectAccessible(employer, "the shared page");
  for (const width of [320, 1280]) {
    await employer.setViewportSize({ width, height: 800 });
    const over = await employer.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${width} px`).toBeLessThanOrEqual(0);
  }

  await checkNow(page);
  const card = page.getByRole("article").filter({ hasText: "Ms Lee" });
  await expect(card).toContainText(/1 time, last on \d{1,2} \w+ \d{4}/);

  await portal.stop();
  await card.getByRole("button", { name: "Withdraw it" }).click();
  await expect(card.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();
  await portal.start();
  await checkNow(page);
  await expect(card).toContainText(/You withdrew it on/, { timeout: 60_000 });
  await employer.reload();
  await expect(heading(employer, "There is no page here")).toBeVisible();
  await expectAccessible(employer, "a page that is withdrawn");
  await theirs.close();
  expect(portal.sql("SELECT count(*) FROM share WHERE withdrawn_at IS NOT NULL")).toEqual([[1]]);
});

test("C22: the learner's own browser, with the app on the device, opens the page too; two pages do not know of each other", async ({
  page,
}) => {
  await signIn(page);
  await kept(page);
  await go(page, at.sharing);
  const first = await make(page, "Ms Lee", ["Deadlines to come"]);
  await go(page, at.course);
  await go(page, at.sharing);
  await expect(page.getByText(first)).toHaveCount(0);
  const second = await make(page, "Mentor Ravi", ["Sessions to come"]);
  expect(second).not.toBe(first);
  await page.goto(second);
  await expect(page.getByRole("heading", { name: "Sessions to come" })).toBeVisible();
  await expect(page.getByText(session.next.title)).toBeVisible();
  expect(await page.content()).not.toContain("Ms Lee");
});
