// A slow processor and a long list. How long a task takes differs from machine to machine (`make cost` measures it); what is held here does
// not: how many rows are built before the browser has its turn, and that news builds only what has changed.
import type { Page } from "@playwright/test";
import { at, go, open, signIn, upToDate } from "./fixtures/app.ts";
import { spoken } from "./fixtures/dates.ts";
import { dueDay, giveMany, many } from "./fixtures/many.ts";
import { expect, test } from "./fixtures/test.ts";

const WORK = 200;
/** The cohort's own work of this learner. */
const OWN = 9;
/** As in src/browser/pieces.rs. */
const PIECE = 10;

declare global {
  interface Window {
    /** How many cards each task has put on the page. */
    built: number[];
  }
}

test.beforeEach(async ({ page, portal }) => {
  giveMany(portal, WORK);
  await page.addInitScript(() => {
    window.built = [];
    const cards = (node: Node) => (node instanceof Element ? node.querySelectorAll("article").length : 0);
    new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      const count = added.reduce((sum, node) => sum + cards(node), 0);
      if (count > 0) window.built.push(count);
    }).observe(document, { childList: true, subtree: true });
  });
  await signIn(page);
});

const cards = (page: Page) => page.getByRole("main").getByRole("article");
const built = (page: Page) => page.evaluate(() => window.built);
const forget = (page: Page) => page.evaluate(() => void (window.built = []));
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);

test("200 deadlines come in pieces of ten at the most, and all of them come, each once and in order", async ({
  page,
}) => {
  await forget(page);
  await go(page, at.deadlines);
  await expect(cards(page)).toHaveCount(WORK + OWN);
  const pieces = await built(page);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(PIECE);
  expect(sum(pieces)).toBe(WORK + OWN);
  const titles = await cards(page).getByRole("heading").allTextContents();
  const ours = titles.filter((title) => title.startsWith("Task "));
  expect(ours).toEqual(Array.from({ length: WORK }, (_, n) => many(n).title));
  // For the keyboard, a screen reader, a search in the page and paper: all of them are there, none is hidden.
  await expect(page.getByRole("link", { name: many(WORK - 1).title })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("link", { name: many(WORK - 1).title })).toBeVisible();
});

test("opened anew on Deadlines it is the same", async ({ page }) => {
  await open(page, at.deadlines);
  await expect(cards(page)).toHaveCount(WORK + OWN);
  expect(Math.max(...(await built(page)))).toBeLessThanOrEqual(PIECE);
});

test("choosing a course builds nothing, and going back builds only what had gone", async ({ page }) => {
  await go(page, at.deadlines);
  await expect(cards(page)).toHaveCount(WORK + OWN);
  await forget(page);
  const course = page.getByRole("combobox", { name: "Course" });
  await course.selectOption("Functional Skills Maths");
  const maths = Math.floor((WORK + 1) / 3) + 1;
  await expect(cards(page)).toHaveCount(maths);
  expect(await built(page)).toEqual([]);
  await course.selectOption("All courses");
  await expect(cards(page)).toHaveCount(WORK + OWN);
  const pieces = await built(page);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(PIECE);
  expect(sum(pieces)).toBe(WORK + OWN - maths);
});

test("news of one deadline builds one card, and the keyboard stays where it was", async ({ page, portal }) => {
  await go(page, at.deadlines);
  await expect(cards(page)).toHaveCount(WORK + OWN);
  const link = page.getByRole("link", { name: many(3).title });
  const other = page.getByRole("link", { name: many(100).title });
  const node = await other.elementHandle();
  await link.focus();
  await forget(page);
  giveMany(portal, WORK, [3]);
  await page.getByRole("button", { name: "Check now" }).evaluate((button: HTMLElement) => button.click());
  const card = cards(page).filter({ hasText: many(3).title });
  await expect(card).toContainText(spoken(dueDay(3, true), "17:00"));
  await upToDate(page);
  expect(await built(page)).toEqual([1]);
  await expect(cards(page)).toHaveCount(WORK + OWN);
  await expect(link).toBeFocused();
  expect(await node!.evaluate((link) => link.isConnected)).toBe(true);
  // It has found its new place.
  const titles = await cards(page).getByRole("heading").allTextContents();
  expect(titles.indexOf(many(3).title)).toBeGreaterThan(titles.indexOf(many(WORK - 1).title));
});
