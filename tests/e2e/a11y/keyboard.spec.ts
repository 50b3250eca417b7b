// By the keyboard alone: Tab, Shift+Tab, Space, Enter, arrows.
import type { Locator, Page } from "@playwright/test";
import { arrived, at, go, heading, open, signIn, upToDate } from "../fixtures/app.ts";
import { PASSPHRASE, work } from "../fixtures/cohort.ts";
import { declare, expectReceipt, lastStep, steps } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

/** Presses Tab until something has the focus; each stop on the way must be seen to have it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) continue; // the browser's own controls
    await expect.poll(() => focused.evaluate(look), "where the focus is").toBe("seen");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${target}`);
}

function look(element: Element) {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  // News may bring the page's heading the focus; it has no outline, as nothing can be done with it.
  const outlined = element.tagName === "H1" || (outlineStyle !== "none" && outlineWidth !== "0px");
  return seen && outlined
    ? "seen"
    : `${outlined ? "" : "no outline: "}${element.outerHTML.slice(0, 80)} at ${box.top}, ${scrollY}`;
}

async function press(page: Page, name: string, key = "Enter"): Promise<void> {
  await tabTo(page, page.getByRole("button", { name, exact: true }));
  await page.keyboard.press(key);
}

async function signInByKeys(page: Page): Promise<void> {
  await open(page);
  await tabTo(page, page.getByLabel("Learner reference"));
  await page.keyboard.type("L1001");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^No,/ })).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: /^Yes,/ })).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Today")).toBeFocused();
  await upToDate(page);
}

test("a learner signs in and makes a whole declaration", async ({ page, portal }) => {
  test.slow();
  await signInByKeys(page);
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Declare your work" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Declare your work")).toBeFocused();
  await tabTo(page, page.getByRole("main").getByRole("link", { name: work.extended.title }));
  await page.keyboard.press("Enter");
  for (const step of steps) {
    await expect(heading(page, step)).toBeFocused();
    await expect(page).toHaveTitle(new RegExp(`^${step} - `));
    // What is left out is said first, and its line leads to it.
    await press(page, "Save and continue");
    const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
    await expect(summary).toBeFocused();
    await expect(page).toHaveTitle(new RegExp(`^Error: ${step} - `));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const input = page.locator("input:focus");
    await expect(input).toBeVisible();
    await page.keyboard.press("Space");
    await expect(input).toBeChecked();
    await press(page, "Save and continue");
  }
  await expect(heading(page, lastStep)).toBeFocused();
  await tabTo(page, page.getByRole("checkbox", { name: "I agree to all of this" }));
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Amina Yusuf");
  await press(page, "Sign and send");
  await expectReceipt(page);
  await expect(page.locator("h1")).toBeFocused();
  expect(portal.declarations()).toHaveLength(1);
});

test("helpers are added and taken away, and the focus goes along", async ({ page }) => {
  await signInByKeys(page);
  await go(page, at.declare(work.winter.id, "help"));
  await expect(heading(page, "Who helped you")).toBeFocused();
  await tabTo(page, page.getByRole("radio", { name: /^No,/ }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^Yes,/ })).toBeChecked();
  await tabTo(page, page.getByLabel("What did they do?"));
  await press(page, "Add another helper", "Space");
  const second = page.getByRole("group", { name: "Helper 2" });
  await expect(second.getByLabel("Who helped you?")).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Helper 2 added." })).toHaveCount(1);
  await press(page, "Remove Helper 2");
  await expect(second).toHaveCount(0);
  await expect(page.locator(":focus")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Helper 2 removed." })).toHaveCount(1);
});

test("the skip link comes first, and goes to the page's content", async ({ page }) => {
  await signIn(page);
  await page.reload();
  await arrived(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to main content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator("main :focus")).toBeVisible();
});

test("a page change moves the focus to the heading and changes the title", async ({ page }) => {
  await signIn(page);
  const menu = page.getByRole("navigation", { name: "Main" });
  for (const name of [
    "Deadlines",
    "Live sessions",
    "Declare your work",
    "My receipts",
    "Help",
    "Staying safe online",
  ]) {
    await menu.getByRole("link", { name }).press("Enter");
    await expect(heading(page, name)).toBeFocused();
    await expect(page).toHaveTitle(new RegExp(`^${name} - Learner portal$`));
    await expect(menu.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  }
  await page.goBack();
  await expect(heading(page, "Help")).toBeFocused();
});

test("on a telephone the menu opens and closes by the keyboard, and says so", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  await page.reload();
  await arrived(page);
  const menu = page.getByRole("button", { name: "Menu" });
  const deadlines = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Deadlines" });
  await expect(deadlines).toBeHidden();
  await tabTo(page, menu);
  await expect(menu).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await expect(menu).toHaveAttribute("aria-expanded", "true");
  await tabTo(page, deadlines);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Deadlines")).toBeFocused();
  await expect(deadlines).toBeHidden();
});

test("a change of state is said once, politely, where it happens", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  await portal.stop();
  await go(page, at.declare(work.winter.id));
  for (const step of steps) {
    await expect(heading(page, step)).toBeFocused();
    await page
      .locator(step === "The rules" ? "main input[type=checkbox]" : "main input[type=radio]")
      .first()
      .check();
    await page.getByRole("button", { name: "Save and continue" }).click();
  }
  await page.getByRole("checkbox").check();
  await page.getByLabel("Type your full name").fill("Amina Yusuf");
  await page.getByRole("button", { name: "Sign and send" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Saved on this device, not sent yet");
  await portal.start();
  const live = page.getByRole("status").filter({ hasText: "1 declaration has arrived. See My receipts." });
  await expect(live).toHaveCount(1, { timeout: 60_000 });
});

test("a learner withdraws a declaration, and checks its code, by the keyboard alone", async ({ page }) => {
  await signInByKeys(page);
  await declare(page, work.winter.id);
  const code = await expectReceipt(page);
  await tabTo(page, page.getByRole("link", { name: "Withdraw this declaration" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Withdraw your declaration")).toBeFocused();
  await press(page, "Sign and withdraw");
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "I agree to all of this" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Amina Yusuf");
  await press(page, "Sign and withdraw");
  await expect(heading(page, "You withdrew this declaration")).toBeFocused();
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Check a receipt" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Check a receipt")).toBeFocused();
  await tabTo(page, page.getByLabel("Receipt code"));
  await page.keyboard.type(code.toLowerCase().replaceAll("-", " "));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^We have this declaration/ })).toBeFocused();
});

test("a learner asks for help, adds a message and withdraws, by the keyboard alone", async ({ page }) => {
  await signInByKeys(page);
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Ask for help" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Help")).toBeFocused();
  await tabTo(page, page.getByRole("link", { name: /^Get help to get online/ }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Get help to get online")).toBeFocused();
  await press(page, "Send");
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "A device to work on" })).toBeFocused();
  await page.keyboard.press("Space");
  await tabTo(page, page.getByLabel("A number to call you"));
  await page.keyboard.type("020 7946 0177");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Help to get online")).toBeFocused();
  await tabTo(page, page.getByLabel("Your message"));
  await page.keyboard.type("A tablet is fine too.");
  await press(page, "Send the message");
  await expect(page.getByRole("main").locator("ol > li")).toHaveCount(2);
  await press(page, "Withdraw this request");
  await expect(page.getByRole("button", { name: "Yes, withdraw it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("This request is closed.")).toBeVisible();
  await expect(page.locator(":focus")).toBeVisible();
});
