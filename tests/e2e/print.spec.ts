// On paper: for those without data, and for the tutor's file.
import type { Page } from "@playwright/test";
import { at, go, heading, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { declare, expectReceipt } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";

async function sheets(page: Page): Promise<number> {
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test("what a learner takes along prints on one sheet, without menus", async ({ page }) => {
  await signIn(page);
  for (const [address, title] of [
    [at.today, "Today"],
    [at.deadlines, "Deadlines"],
    [at.deadline(work.extended.id), work.extended.title],
    [at.live, "Live sessions"],
    [at.attendance, "My attendance"],
    [at.help, "Help"],
    [at.my("week"), "Your two weeks"],
  ]) {
    await go(page, address);
    await expect(heading(page, title)).toBeVisible();
    expect.soft(await sheets(page), address).toBe(1);
  }
  await declare(page, work.extended.id);
  await expectReceipt(page);
  expect.soft(await sheets(page), "receipt").toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
});
