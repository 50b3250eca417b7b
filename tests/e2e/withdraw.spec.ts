// Taking a declaration back: a dated statement beside it, signed with or without a network.
import { at, go, heading, kept, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { declarationOf, declare, expectReceipt, expectSaved, withdraw } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";

test("a learner withdraws without a network; the receipt and My receipts say where the withdrawal is", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  const receipt = `/#/receipts/${declarationOf(page)}`;
  await portal.stop();
  await withdraw(page);
  await expect(page.getByRole("main")).toContainText("It is not sent yet");
  await go(page, at.receipts);
  await expect(page.getByRole("article").filter({ hasText: `Withdrawal: ${work.winter.title}` })).toContainText(
    "Saved on this device, not sent yet",
  );
  await expect(page.getByRole("article").filter({ hasText: "Withdrawal not sent yet" })).toBeVisible();
  // It is there after opening the app again, too.
  await page.reload();
  await go(page, receipt);
  await expect(heading(page, "You withdrew this declaration")).toBeVisible();
});

test("a declaration that has not been sent yet can be withdrawn as well", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await declare(page, work.winter.id);
  await expectSaved(page);
  await page.getByRole("link", { name: "Withdraw this declaration" }).click();
  await page.getByRole("checkbox").check();
  await page.getByLabel("Type your full name").fill("Amina Yusuf");
  await page.getByRole("button", { name: "Sign and withdraw" }).click();
  await expect(page.getByText("Your withdrawal is signed and saved on this device.")).toBeVisible();
});

test("what is withdrawn cannot be withdrawn twice, and nothing is signed without a tick and a name", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  const declaration = declarationOf(page);
  await portal.stop();
  await go(page, at.withdraw(declaration));
  await page.getByRole("button", { name: "Sign and withdraw" }).click();
  await expect(page.getByRole("alert")).toContainText("Tick that you agree to all of this");
  await expect(page.getByRole("alert")).toContainText("Type your full name");
  await go(page, at.receipts);
  await expect(page.getByRole("article")).toHaveCount(1);
  await go(page, `/#/receipts/${declaration}`);
  await withdraw(page);
  await go(page, at.withdraw(declaration));
  await expect(heading(page, "You have withdrawn this already")).toBeVisible();
});
