import { at, go, heading, signIn } from "./fixtures/app.ts";
import { answerNo, declare, expectReceipt, saveAndContinue } from "./fixtures/declaration.ts";
import { session, work } from "./fixtures/cohort.ts";
import { spoken } from "./fixtures/dates.ts";
import { expect, test } from "./fixtures/test.ts";

test("Today shows what is late, the next deadline, the session that is on, and its Join link", async ({ page }) => {
  await signIn(page);
  await expect(heading(page, "Today")).toBeVisible();
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { name: "1 piece of work is late" })).toBeVisible();
  const { title, day, clock } = work.thisWeek;
  await expect(main.getByRole("article").filter({ hasText: title })).toContainText(spoken(day, clock));
  await expect(main.getByRole("link", { name: `Join ${session.now.title}` })).toBeVisible();
});

test("Today leads back to a declaration that is not finished", async ({ page }) => {
  await signIn(page);
  await go(page, at.declare(work.winter.id));
  await answerNo(page, "The work");
  await saveAndContinue(page);
  await go(page, at.today);
  await page.getByRole("link", { name: `Finish your declaration for “${work.winter.title}”` }).click();
  await expect(heading(page, "The work")).toBeVisible();
});

test("what is declared is no longer the next deadline", async ({ page }) => {
  await signIn(page);
  await declare(page, work.thisWeek.id);
  await expectReceipt(page);
  await go(page, at.today);
  await expect(heading(page, "Today")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(work.thisWeek.title);
  await expect(page.getByRole("main")).toContainText(work.nextWeek.title);
});
