// What the frame around every page says when something of a learner's is in danger or lost.
import { arrived, at, go, heading, kept, open, signIn } from "./fixtures/app.ts";
import { expectAccessible } from "./fixtures/axe.ts";
import { work } from "./fixtures/cohort.ts";
import { declare, expectReceipt, expectSaved } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";

test("when the browser has cleared what was kept, the page says so and what to do", async ({ page, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  await page.goto("/api/docs");
  await page.evaluate(
    () =>
      new Promise((done, failed) => {
        // It waits until the worker, or a page on its way out, has closed what it has open.
        const request = indexedDB.deleteDatabase("portal");
        request.onsuccess = done;
        request.onerror = failed;
      }),
  );
  await page.goto("/");
  await arrived(page);
  await expect(page.getByRole("banner")).toContainText("This browser has cleared what was saved here.");
  await expectAccessible(page, "storage cleared");
});

test("a declaration that waits for more than 3 days is in danger, and the page says so", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await page.clock.install();
  await open(page);
  await signIn(page);
  await kept(page);
  await portal.stop();
  await declare(page, work.winter.id);
  await expectSaved(page);
  await page.clock.fastForward(73 * 3_600_000);
  await go(page, at.today);
  await expect(heading(page, "Today")).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("1 message has waited on this device for more than 3 days.");
  await expectAccessible(page, "waiting for long");
});

test("titles stay in the browser's history, and none names the work or the learner", async ({ page }) => {
  await signIn(page, "L1002", "shared");
  await declare(page, work.winter.id);
  await expectReceipt(page);
  const receipt = new URL(page.url()).hash;
  const titles = new Set<string>();
  const pages = [at.today, at.deadlines, at.deadline(work.winter.id), at.live, at.work, at.declare(work.winter.id)];
  for (const address of [...pages, at.receipts, `/${receipt}`, `/${receipt}/withdraw`, at.device, at.signOut]) {
    await go(page, address);
    await expect(page.locator("h1")).toBeVisible();
    titles.add(await page.title());
  }
  expect([...titles]).toEqual(
    [
      ...["Today", "Deadlines", "Deadline", "Live sessions", "Declare your work", "The work", "My receipts", "Receipt"],
      ...["Withdraw your declaration", "This device", "Sign out of this device?"],
    ].map((title) => `${title} - Learner portal`),
  );
});

test("on a shared computer no box is filled in or remembered by the browser", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Is this your first time/ }).click();
  const remembered = () =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLInputElement>(
          "input:not([type=radio]):not([type=checkbox]):not([type=file]), textarea",
        ),
      ]
        .filter((box) => box.getAttribute("autocomplete") !== (box.type === "password" ? "one-time-code" : "off"))
        .map((box) => box.id),
    );
  expect(await remembered()).toEqual([]);
  await open(page);
  await signIn(page, "L1002", "shared");
  await declare(page, work.winter.id);
  await expectReceipt(page);
  const receipt = new URL(page.url()).hash;
  const steps = ["work", "help", "sources", "ai", "sign"].map((step) => at.declare(work.group.id, step));
  for (const address of [...steps, `/${receipt}/withdraw`, at.check]) {
    await go(page, address);
    expect(await remembered(), address).toEqual([]);
  }
});
