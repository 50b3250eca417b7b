// The page where anybody checks the code of a receipt.
import { at, go, open, signIn, signOut, stored } from "./fixtures/app.ts";
import { names, work } from "./fixtures/cohort.ts";
import { declare, expectReceipt } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Page } from "@playwright/test";

async function check(page: Page, typed: string): Promise<void> {
  await page.getByLabel("Receipt code").fill(typed);
  await page.getByRole("button", { name: "Check", exact: true }).click();
}

test("anybody who has the code sees which work and when it came, but no name, signed in or not", async ({
  page,
  portal,
}) => {
  await signIn(page);
  await declare(page, work.winter.id);
  const code = await expectReceipt(page);
  const [kept] = portal.declarations();
  await signOut(page);
  await page.getByRole("contentinfo").getByRole("link", { name: "Check a receipt" }).click();
  // As it is said on the telephone.
  await check(page, code.toLowerCase().replaceAll("-", " "));
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { name: "We have this declaration" })).toBeFocused();
  for (const text of [code, work.winter.title, kept.sha256]) await expect(main).toContainText(text);
  await expect(main).not.toContainText(names.L1001);
  await page.reload();
  expect(await stored(page)).not.toContain(code);
});

test("a wrong symbol is said at once, and nothing is asked of the service", async ({ page }) => {
  await open(page, at.check);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByLabel("Receipt code").pressSequentially("28T5CY4TX");
  await expect(page.getByRole("status").filter({ hasText: "A letter or number in this code is wrong." })).toBeVisible();
  await check(page, "28T5 CY4T");
  await expect(page.getByRole("alert")).toContainText("A receipt code has 9 letters and numbers. This has 8");
  await expect(page).toHaveTitle("Error: Check a receipt - Learner portal");
  expect(asked.filter((url) => url.includes("/receipts/"))).toEqual([]);
});

test("a code that nobody was given has no receipt, and the page says what to do", async ({ page, noise }) => {
  noise.allowFailedRequests();
  await open(page, at.check);
  await check(page, "28T5-CY4T-Y");
  await expect(page.getByRole("heading", { name: "There is no receipt with this code" })).toBeFocused();
  await expect(page.getByRole("main")).toContainText("Ask for the code again.");
});

test("without a network, or when the service is not reached, the page says so and keeps the code", async ({
  page,
  context,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await open(page, at.check);
  await context.setOffline(true);
  await check(page, "28T5-CY4T-Y");
  await expect(page.getByRole("heading", { name: "This device has no network" })).toBeFocused();
  await context.setOffline(false);
  await portal.stop();
  await check(page, "28T5-CY4T-Y");
  await expect(page.getByRole("heading", { name: "We cannot reach the service" })).toBeFocused();
  await expect(page.getByLabel("Receipt code")).toHaveValue("28T5-CY4T-Y");
});

test("the way back from the page leaves no code in an address", async ({ page }) => {
  await open(page, at.check);
  await check(page, "28T5 CY4T X");
  await go(page, at.safety);
  await page.goBack();
  expect(page.url()).toMatch(/#\/check$/);
  await expect(page.getByLabel("Receipt code")).toHaveValue("");
});
