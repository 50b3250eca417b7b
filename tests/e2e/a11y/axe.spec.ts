// No fault that axe can find (WCAG 2.0 to 2.2, A and AA, and best practice) on any page in any state, in light and in dark.
import { at, go, heading, kept, open, signIn } from "../fixtures/app.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { asksForHelp, expectReceived, send } from "../fixtures/asking.ts";
import { work } from "../fixtures/cohort.ts";
import {
  answerAll,
  answerNo,
  declarationOf,
  declare,
  expectReceipt,
  expectSaved,
  saveAndContinue,
  sign,
  steps,
  withdraw,
} from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("before the app is there", () => {
  test.use({ gated: true });

  test("the first picture", async ({ page, portal }) => {
    let letGo = () => {};
    const until = new Promise<void>((done) => (letGo = done));
    portal.gate!.fault = (_, path) => (path.includes(".wasm") ? { until } : undefined);
    await page.goto("/", { waitUntil: "commit" });
    await expect(page.getByText("The portal is still arriving.")).toBeVisible();
    await expectAccessible(page, "while it arrives");
    letGo();
  });

  test("the page of an app that cannot start", async ({ page, portal, noise }) => {
    noise.allow(/./);
    portal.gate!.fault = (_, path) =>
      path.includes(".wasm") ? { status: 404, type: "text/plain", body: "Not here." } : undefined;
    await page.goto("/");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, "cannot start");
  });

  test("the page of a wrong config.json", async ({ page, portal }) => {
    portal.gate!.fault = (_, path) =>
      path === "/config.json" ? { status: 200, type: "application/json", body: "{" } : undefined;
    await page.goto("/");
    await expect(heading(page, "The portal is not set up yet")).toBeVisible();
    await expectAccessible(page, "wrong configuration");
  });
});

test("signing in: the form, its errors, the first time, signed out, session ended", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  const submit = page.getByRole("button", { name: "Sign in", exact: true });
  await open(page);
  await expectAccessible(page, "sign in");
  await submit.click();
  await expectAccessible(page, "sign in, with errors");
  await page.getByRole("button", { name: /^Is this your first time/ }).click();
  await submit.click();
  await expectAccessible(page, "first time, with errors");
  await page.reload();
  await signIn(page);
  portal.endSessions();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(heading(page, "You have been signed out")).toBeVisible();
  await expectAccessible(page, "session ended");
});

test("reading: Today, Deadlines, one deadline, Live sessions, Staying safe, This device, Sign out, no such page", async ({
  page,
}) => {
  test.slow();
  await signIn(page);
  const pages = [at.today, at.deadlines, at.deadline(work.extended.id), at.deadline("none"), at.live, at.work];
  for (const address of [
    ...pages,
    at.receipts,
    at.withdraw("none"),
    at.safety,
    at.device,
    at.handIn,
    at.signOut,
    "/#/nowhere",
  ]) {
    await go(page, address);
    await expectAccessible(page, address);
  }
});

test("every page of a declaration: as it opens, with its errors, with all its boxes, and the receipt", async ({
  page,
}) => {
  test.slow();
  await signIn(page);
  await go(page, at.declare(work.extended.id));
  for (const step of steps) {
    await expect(heading(page, step)).toBeVisible();
    await expectAccessible(page, step);
    await saveAndContinue(page);
    await expect(page.getByRole("alert")).toBeVisible();
    await expectAccessible(page, `${step}, with errors`);
    if (step !== "The rules") {
      await page.getByRole("radio", { name: /^Yes\b/ }).check();
      if (step === "Your sources") {
        await page.getByRole("button", { name: "Add a book or paper" }).click();
        await page.getByRole("button", { name: "Add a website" }).click();
      }
      await saveAndContinue(page);
      await expectAccessible(page, `${step}, yes, with errors`);
    }
    await answerNo(page, step);
    await saveAndContinue(page);
  }
  await expectAccessible(page, "sign");
  await page.getByRole("button", { name: "Sign and send" }).click();
  await expectAccessible(page, "sign, with errors");
  await sign(page);
  await expectReceipt(page);
  await expectAccessible(page, "receipt");
  await go(page, at.receipts);
  await expect(page.getByRole("article")).toBeVisible();
  await expectAccessible(page, "my receipts");
});

test("help: the directory, every form as it opens and with its errors, a request that waits, one that is received", async ({
  page,
  portal,
  noise,
}) => {
  test.slow();
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  for (const address of [at.help, at.requests, at.request("none"), at.ask("none")]) {
    await go(page, address);
    await expectAccessible(page, address);
  }
  const forms = [
    ...["call-back", "learning", "talk", "get-online", "report-conduct", "accessibility-problem", "tell"],
    ...["report-material", "another-format"],
  ].map((kind) => at.ask(kind));
  for (const address of [...forms, at.ask("more-time", work.extended.id), at.ask("missed-reason", "weld-past")]) {
    await go(page, address);
    await expectAccessible(page, address);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expectAccessible(page, `${address}, with errors`);
  }
  await asksForHelp(page);
  await expectReceived(page, "Help with learning");
  await page.getByRole("button", { name: "Send the message" }).click();
  await page.getByRole("button", { name: "Withdraw this request" }).click();
  await expectAccessible(page, "a request, with an error");
  await portal.stop();
  for (const kind of ["talk", "learning"]) {
    await go(page, at.ask(kind));
    await page.getByRole("textbox").first().fill("A few words");
    await send(page);
    await expectAccessible(page, `${kind}, not sent yet`);
  }
  await go(page, at.requests);
  await expectAccessible(page, "your requests, some not sent");
});

test("withdrawing: the page, its errors, and the receipt and My receipts afterwards", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  const declaration = declarationOf(page);
  await go(page, at.withdraw(declaration));
  await expectAccessible(page, "withdraw");
  await page.getByRole("button", { name: "Sign and withdraw" }).click();
  await expectAccessible(page, "withdraw, with errors");
  await portal.stop();
  await page.getByRole("link", { name: "Back" }).click();
  await withdraw(page);
  await expectAccessible(page, "a withdrawal that waits");
  await go(page, at.withdraw(declaration));
  await expectAccessible(page, "withdrawn already");
  await go(page, at.receipts);
  await expectAccessible(page, "my receipts, with a withdrawal that waits");
});

test("checking a receipt: the page, its errors, no such receipt, a receipt, no network", async ({ page, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  await declare(page, work.winter.id);
  const code = await expectReceipt(page);
  await go(page, at.check);
  await expectAccessible(page, "check");
  const box = page.getByLabel("Receipt code");
  const check = page.getByRole("button", { name: "Check", exact: true });
  await box.fill("28T5-CY4T-X");
  await expectAccessible(page, "check, a wrong symbol");
  await check.click();
  await expectAccessible(page, "check, with an error");
  for (const [typed, outcome] of [
    ["28T5-CY4T-Y", "There is no receipt with this code"],
    [code, "We have this declaration"],
  ]) {
    await box.fill(typed);
    await check.click();
    await expect(page.getByRole("heading", { name: outcome })).toBeFocused();
    await expectAccessible(page, outcome);
  }
  await page.context().setOffline(true);
  await check.click();
  await expect(page.getByRole("heading", { name: "This device has no network" })).toBeFocused();
  await expectAccessible(page, "check, offline");
});

test("without a connection: Today, a declaration that waits, and signing out with it", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await declare(page, work.extended.id);
  await expectSaved(page);
  await expectAccessible(page, "saved on this device");
  for (const address of [at.today, at.deadlines, at.receipts, at.signOut]) {
    await go(page, address);
    await expectAccessible(page, `offline, ${address}`);
  }
});

test("a declaration that the server refused", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  await answerAll(page, work.extended.id);
  // The attempt is taken meanwhile, by another device.
  await page.context().setOffline(true);
  await sign(page);
  await expectSaved(page);
  const elsewhere = await page.context().browser()!.newContext({ baseURL: portal.url });
  const phone = await elsewhere.newPage();
  await signIn(phone);
  await declare(phone, work.extended.id);
  await expectReceipt(phone);
  await elsewhere.close();
  await page.context().setOffline(false);
  await expect(heading(page, "Your declaration was not taken")).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page, "refused");
});

test("the first visit without anything to show: no deadlines have come", async ({ page, noise }) => {
  noise.allowFailedRequests();
  await page.route("**/api/v1/sync*", (route) => route.abort());
  await open(page);
  await page.getByLabel("Learner reference").fill("L1001");
  await page.getByLabel("Passphrase", { exact: true }).fill("plain-river-stone");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Your deadlines have not come yet.")).toBeVisible();
  await expectAccessible(page, "nothing has come");
});

test("on a telephone, with the menu open", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Deadlines" })).toBeVisible();
  await expectAccessible(page, "menu open");
  await go(page, at.live);
  await expectAccessible(page, "live sessions, narrow");
});
