// The question on a shared computer that nobody touches, and what follows it.
import type { Page } from "@playwright/test";
import { at, go, heading, kept, open, signIn } from "../fixtures/app.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { names, work } from "../fixtures/cohort.ts";
import { answerNo } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

/** Signs in on a shared computer whose clock the test moves. Nothing is still on its way then: minutes that pass in an instant
 * would be its time-out. */
async function sitDown(page: Page): Promise<void> {
  await page.clock.install();
  await open(page);
  await signIn(page, "L1001", "shared");
  await kept(page);
}

const question = (page: Page) => page.getByRole("alertdialog", { name: "Are you still there?" });
const stay = (page: Page) => question(page).getByRole("button", { name: "Stay signed in" });

async function leaveAlone(page: Page): Promise<void> {
  await page.clock.fastForward("09:05");
  await expect(question(page)).toBeVisible();
}

test("after 9 minutes a question takes the keyboard, says when it locks, and gives the keyboard back", async ({
  page,
}) => {
  await sitDown(page);
  await go(page, at.device);
  const box = page.getByRole("checkbox", { name: "Use less data" });
  await box.focus();
  await leaveAlone(page);
  await expect(stay(page)).toBeFocused();
  await expect(question(page)).toHaveAccessibleDescription(
    /^Nobody has touched this page for 9 minutes\. At \d.*m it locks/,
  );
  await expectAccessible(page, "the question");
  // Nothing outside can be reached.
  for (const _ of [1, 2, 3, 4, 5]) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() => !document.activeElement?.closest("dialog, body > :not(#app)"));
    const onPage = await page.evaluate(() => document.activeElement !== document.body);
    expect(outside && onPage, "the focus is in the question").toBe(false);
  }
  await stay(page).focus();
  await page.keyboard.press("Enter");
  await expect(question(page)).toBeHidden();
  await expect(box).toBeFocused();
});

test("Escape means that somebody is there, each time", async ({ page }) => {
  await sitDown(page);
  for (const _ of [1, 2]) {
    await leaveAlone(page);
    await page.keyboard.press("Escape");
    await expect(question(page)).toBeHidden();
    await expect(page.getByText(`Hello ${names.L1001}`)).toBeVisible();
  }
});

test("nothing of the page is seen through the question", async ({ page }) => {
  await sitDown(page);
  await leaveAlone(page);
  const behind = await question(page).evaluate((element) => getComputedStyle(element, "::backdrop").backgroundColor);
  expect(behind).toMatch(/^rgb\(/);
});

for (const [what, viewport] of Object.entries({
  "at 320 pixels": { width: 320, height: 640 },
  "at 400 % of a 1280 by 1024 screen": { width: 320, height: 256 },
})) {
  test(`the question fits ${what}, with its first button in view`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await sitDown(page);
    await leaveAlone(page);
    const seen = await question(page).evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return (
        left >= 0 &&
        right <= innerWidth &&
        top >= 0 &&
        bottom <= innerHeight &&
        element.scrollWidth <= element.clientWidth
      );
    });
    expect(seen).toBe(true);
    await expect(stay(page)).toBeInViewport({ ratio: 1 });
    await expect(question(page).getByRole("heading")).toBeInViewport({ ratio: 0.9 });
    for (const button of await question(page).getByRole("button").all())
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  });
}

test("with forced colours the question has an edge", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await sitDown(page);
  await leaveAlone(page);
  const border = await question(page).evaluate((element) => getComputedStyle(element).borderTopStyle);
  expect(border).toBe("solid");
});

test("after 10 minutes nothing is on the screen, and the page says why and what is kept", async ({ page, noise }) => {
  noise.allowFailedRequests();
  await sitDown(page);
  await leaveAlone(page);
  await page.clock.fastForward("01:05");
  await expect(heading(page, "You have been signed out")).toBeFocused();
  await expect(page.getByRole("main")).toContainText(
    "You were signed out because nobody touched the page for 10 minutes. A declaration or request that you had begun is kept, locked, on this device: sign in to go on.",
  );
  await expect(question(page)).toBeHidden();
  expect(await page.content()).not.toContain(names.L1001);
  await expectAccessible(page, "locked");
});

test("'Sign out now' signs out at once; with an unfinished declaration it says first what is lost", async ({
  page,
}) => {
  await sitDown(page);
  await leaveAlone(page);
  await question(page).getByRole("button", { name: "Sign out now" }).click();
  await expect(heading(page, "You are signed out")).toBeFocused();
  await signIn(page, "L1001", "shared");
  await go(page, at.declare(work.extended.id));
  await answerNo(page, "The work");
  await leaveAlone(page);
  await question(page).getByRole("button", { name: "Sign out now" }).click();
  await expect(heading(page, "Sign out of this device?")).toBeFocused();
  await expect(page.getByText("1 unfinished declaration is on this device. Signing out deletes it.")).toBeVisible();
  await expectAccessible(page, "sign out, with an unfinished declaration");
  await page.getByRole("button", { name: "Lock instead, and keep what I wrote" }).click();
  await expect(heading(page, "The portal is locked")).toBeFocused();
});
