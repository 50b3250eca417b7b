import type { Page } from "@playwright/test";
import { heading, open, signIn } from "./fixtures/app.ts";
import { PASSPHRASE } from "./fixtures/cohort.ts";
import { expect, test } from "./fixtures/test.ts";

const CHOSEN = "boots gloves mask";

async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function tryPassphrase(page: Page, learner: string, passphrase: string): Promise<string> {
  await page.getByLabel("Learner reference").fill(learner);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await submit(page);
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeVisible();
  return (await summary.textContent()) ?? "";
}

test.describe("a sign-in that fails", () => {
  test.beforeEach(({ noise }) => noise.allowFailedRequests());

  test("says so first, in the summary and the title, and keeps what was typed", async ({ page }) => {
    await open(page);
    await tryPassphrase(page, "L1001", "wrong words here");
    await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toBeFocused();
    await expect(page).toHaveTitle(/^Error: Sign in - /);
    await expect(page.getByLabel("Learner reference")).toHaveValue("L1001");
    await expect(page.getByLabel("Passphrase", { exact: true })).toHaveValue("wrong words here");
  });

  test("says the same for a learner that does not exist", async ({ page }) => {
    await open(page);
    const known = await tryPassphrase(page, "L1001", "wrong words here");
    await page.reload();
    const unknown = await tryPassphrase(page, "L9999", "wrong words here");
    expect(unknown).toBe(known);
  });

  test("is put right on the same form", async ({ page }) => {
    await open(page);
    await tryPassphrase(page, "L1001", "wrong words here");
    await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await submit(page);
    await expect(heading(page, "Today")).toBeVisible();
    await expect(page).toHaveTitle(/^Today - /);
  });
});

test("an empty form names each box, and each line of the summary leads to its box", async ({ page }) => {
  await open(page);
  await submit(page);
  await expect(page.getByRole("alert")).toBeFocused();
  await page.getByRole("link", { name: "Enter your passphrase" }).click();
  await expect(page.getByLabel("Passphrase", { exact: true })).toBeFocused();
  await page.getByRole("link", { name: "Enter your learner reference" }).click();
  const learner = page.getByLabel("Learner reference");
  await expect(learner).toBeFocused();
  await expect(learner).toHaveAttribute("aria-invalid", "true");
  await expect(learner).toHaveAccessibleDescription(/On your enrolment letter.*Enter your learner reference/);
});

test("the first time: a code from the tutor, once, and a passphrase of one's own", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  const code = portal.command("learner", "code", "L1002").trim();
  await open(page);
  await page.getByRole("button", { name: "Is this your first time? Use the code from your tutor" }).click();
  await expect(page.getByLabel("Code from your tutor")).toBeFocused();
  await page.getByLabel("Learner reference").fill("L1002");
  await page.getByLabel("Code from your tutor").fill(code.toLowerCase().replaceAll("-", " "));
  await page.getByLabel("Choose a passphrase").fill("too short");
  await submit(page);
  await expect(page.getByRole("alert")).toContainText("Choose a passphrase with at least 12 characters");
  await expect(page.getByLabel("Code from your tutor")).not.toHaveValue("");
  await page.getByLabel("Choose a passphrase").fill(CHOSEN);
  await submit(page);
  await expect(page.getByText("Hello Jack Taylor")).toBeVisible();

  // It works once, and the passphrase from now on.
  const again = { learner: "L1002", code, new_passphrase: "another one entirely" };
  expect((await page.request.post("/api/v1/session", { data: again })).status()).toBe(401);
  const next = { learner: "L1002", passphrase: CHOSEN };
  expect((await page.request.post("/api/v1/session", { data: next })).status()).toBe(200);
});

test("a passphrase can be pasted, and password managers know the boxes of somebody's own device", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  const passphrase = page.getByLabel("Passphrase", { exact: true });
  // On a shared computer the browser is to remember nothing.
  await expect(page.getByLabel("Learner reference")).toHaveAttribute("autocomplete", "off");
  await expect(passphrase).toHaveAttribute("autocomplete", "one-time-code");
  await page.getByRole("radio", { name: /^No,/ }).check();
  await expect(page.getByLabel("Learner reference")).toHaveAttribute("autocomplete", "username");
  await expect(passphrase).toHaveAttribute("autocomplete", "current-password");
  await page.evaluate((text) => navigator.clipboard.writeText(text), PASSPHRASE);
  await passphrase.focus();
  await page.keyboard.press("Control+v");
  await expect(passphrase).toHaveValue(PASSPHRASE);
  await page.getByLabel("Learner reference").fill("L1001");
  await submit(page);
  await expect(heading(page, "Today")).toBeVisible();
});

test("a computer is taken as shared unless the learner says that it is their own", async ({ page, context }) => {
  await open(page);
  const shared = page.getByRole("group", { name: "Is this a shared computer?" });
  await expect(shared.getByRole("radio", { name: /^Yes,/ })).toBeChecked();
  await signIn(page, "L1001", "shared");
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", expires: -1 });
});

test("on their own device a learner stays signed in", async ({ page }) => {
  await signIn(page, "L1001", "own");
  await page.reload();
  await expect(heading(page, "Today")).toBeVisible();
  await expect(page.getByText("Hello Amina Yusuf")).toBeVisible();
});

test("without a connection the form says so, and keeps what was typed", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  await open(page);
  await portal.stop();
  await page.getByLabel("Learner reference").fill("L1001");
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await submit(page);
  await expect(page.getByText("We cannot reach the service. What you typed is still here.")).toBeVisible();
  await expect(page.getByLabel("Passphrase", { exact: true })).toHaveValue(PASSPHRASE);
  await portal.start();
  await submit(page);
  await expect(heading(page, "Today")).toBeVisible();
});
