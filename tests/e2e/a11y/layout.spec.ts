// Reflow, text size, targets, forced colours, reduced motion.
import type { Page } from "@playwright/test";
import { at, go, heading, open, signIn } from "../fixtures/app.ts";
import { asksForHelp, expectReceived } from "../fixtures/asking.ts";
import { check, work } from "../fixtures/cohort.ts";
import { answerAll, declarationOf, expectReceipt, question, sign } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

const pages = [
  ...[
    at.today,
    at.deadlines,
    at.deadline(work.extended.id),
    at.live,
    at.attendance,
    at.questions("weld-past"),
    at.session("weld-past"),
    at.work,
    at.receipts,
    at.safety,
    at.course,
    at.reading,
    at.device,
  ],
  ...["work", "rules", "help", "sources", "ai", "files", "sign"].map((step) => at.declare(work.extended.id, step)),
  ...[at.help, at.requests, at.ask("get-online"), at.ask("tell"), at.ask("more-time", work.extended.id)],
  ...["calendar", "week", "data"].map(at.my),
  ...[at.study, at.sharing, at.accessibility, at.ask("study")],
  ...[at.check, at.handIn, at.signOut, "/#/nowhere"],
];

/** A word without a place to break, as long as the smallest box takes. */
const LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragung";

async function expectNoSideways(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    const out = [...document.querySelectorAll("body *")].filter(
      (element) =>
        element.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(element).position !== "absolute",
    );
    return { over: Math.max(0, scrollWidth - innerWidth), out: out.slice(0, 3).map((e) => e.outerHTML.slice(0, 100)) };
  });
  expect.soft(wide, where).toEqual({ over: 0, out: [] });
}

const sizes = {
  "at 320 pixels": { width: 320, height: 640 },
  "at 400 % of a 1280 by 1024 screen": { width: 320, height: 256 },
};
for (const [what, viewport] of Object.entries(sizes)) {
  test.describe(what, () => {
    test.use({ viewport });

    test("no page scrolls sideways", async ({ page }) => {
      await open(page);
      await expectNoSideways(page, "sign in");
      await signIn(page);
      for (const address of pages) {
        await go(page, address);
        // What is said until the part of the program with most of these pages has come is not the page.
        await expect(heading(page, "Opening this page")).toHaveCount(0);
        await expectNoSideways(page, address);
      }
      await answerAll(page, work.extended.id);
      await sign(page);
      await expectReceipt(page);
      await expectNoSideways(page, "receipt");
      await go(page, at.withdraw(declarationOf(page)));
      await expectNoSideways(page, "withdraw");
      await asksForHelp(page, "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(3));
      await expectReceived(page, "Help with learning");
      await expectNoSideways(page, "a request");
      await go(page, at.requests);
      await expectNoSideways(page, "your requests");
    });

    test("nor does one of a learner's own pages with something made on it", async ({ page }) => {
      await signIn(page);
      // The addresses are long, and have no place to break.
      await go(page, at.my("calendar"));
      await page.getByRole("button", { name: "Make a secret address" }).click();
      await expect(page.getByRole("heading", { name: "Your address" })).toBeFocused();
      await expectNoSideways(page, "an address of a calendar");
      await go(page, at.sharing);
      await page.getByLabel("For whom is it?").fill(LONG);
      await page.getByLabel("Deadlines to come").check();
      await page.getByLabel("1 week").check();
      await page.getByRole("button", { name: "Make the page" }).click();
      await expect(page.getByRole("heading", { name: /^The page for .* is ready$/ })).toBeFocused();
      await expectNoSideways(page, "a page to show");
      await go(page, at.study);
      await page.getByLabel("How many minutes?").fill("50");
      await page.getByLabel("What did you do?").fill(LONG);
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await expect(page.getByRole("main")).toContainText("50 minutes");
      await page.getByRole("button", { name: "Change your plan" }).click();
      await expect(page.getByLabel("Tuesday: minutes")).toBeVisible();
      await expectNoSideways(page, "study time, with a plan to make");
      await go(page, at.questions("weld-past"));
      await page.getByRole("radio", { name: check.one.right }).check();
      await page.getByRole("checkbox", { name: "Oil" }).check();
      await page.getByLabel(check.text.question).fill(LONG);
      await page.getByRole("button", { name: "Send my answers" }).click();
      await expect(page.getByText("1 of 2 right")).toBeVisible();
      await expectNoSideways(page, "answers");
      await go(page, at.session("weld-past"));
      await page.getByRole("radio", { name: "I understood all of it" }).check();
      await page.getByLabel("What helped you?").fill(LONG);
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await expect(page.getByRole("button", { name: "Change what I said" })).toBeVisible();
      await expectNoSideways(page, "what a session was like");
    });
  });
}

test("with the largest text on a telephone no page scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  await go(page, at.device);
  await question(page, "Text size").getByRole("radio", { name: "Largest" }).check();
  for (const address of pages) {
    await go(page, address);
    await expectNoSideways(page, address);
  }
  await answerAll(page, work.extended.id);
  await sign(page);
  await expectReceipt(page);
  await expectNoSideways(page, "receipt");
  await go(page, at.withdraw(declarationOf(page)));
  await expectNoSideways(page, "withdraw");
});

test("with the text spacing of WCAG 1.4.12 nothing is cut off or scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  for (const address of pages) {
    await go(page, address);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>("body, body *")) {
        element.style.setProperty("line-height", "1.5", "important");
        element.style.setProperty("letter-spacing", "0.12em", "important");
        element.style.setProperty("word-spacing", "0.16em", "important");
      }
    });
    await expectNoSideways(page, address);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("main *")]
        .filter((e) => getComputedStyle(e).overflow !== "visible" && !e.classList.contains("visually-hidden"))
        .filter((e) => !(e instanceof HTMLInputElement) && e.scrollHeight > e.clientHeight + 1)
        .map((e) => e.outerHTML.slice(0, 100)),
    );
    expect.soft(cut, address).toEqual([]);
  }
});

test("targets are large: 44 pixels for buttons and boxes, 24 for every link that stands alone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  const check = async (where: string) => {
    const small = await page.evaluate(() => {
      const box = (element: Element) => {
        const { width, height } = element.getBoundingClientRect();
        return { width: Math.round(width * 10) / 10, height: Math.round(height * 10) / 10 };
      };
      const faults: string[] = [];
      const say = (element: Element, least: number) => {
        const { width, height } = box(element);
        if (width === 0 || (width >= least && height >= least)) return;
        faults.push(`${width}x${height}, at least ${least}: ${element.outerHTML.slice(0, 90)}`);
      };
      const boxes = "button, a.button, select, textarea, input:not([type=radio]):not([type=checkbox])";
      for (const element of document.querySelectorAll(boxes)) say(element, 44);
      // A choice is pressed on its label too: both together are the target.
      for (const input of document.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]")) {
        const heights = [input, ...(input.labels ?? [])].map((element) => element.getBoundingClientRect());
        const height = Math.max(...heights.map((r) => r.bottom)) - Math.min(...heights.map((r) => r.top));
        if (height < 44) faults.push(`${height} high, at least 44: ${input.outerHTML.slice(0, 90)}`);
      }
      // WCAG 2.5.8 leaves out links within a sentence.
      for (const link of document.querySelectorAll("a:not(.button)")) {
        const alone = link.parentElement?.textContent?.trim() === link.textContent?.trim();
        if (alone && !link.classList.contains("skip")) say(link, 24);
      }
      return faults;
    });
    expect.soft(small, where).toEqual([]);
  };
  await check("sign in");
  await signIn(page);
  await page.getByRole("button", { name: "Menu" }).click();
  await check("menu");
  for (const address of pages) {
    await go(page, address);
    await check(address);
  }
  await go(page, at.declare(work.extended.id, "help"));
  await page.getByRole("radio", { name: /^Yes/ }).check();
  await check("a helper");
  await answerAll(page, work.winter.id);
  await sign(page);
  await expectReceipt(page);
  await check("receipt");
  await go(page, at.withdraw(declarationOf(page)));
  await check("withdraw");
  await asksForHelp(page);
  await expectReceived(page, "Help with learning");
  await check("a request");
  await go(page, at.requests);
  await check("your requests");
});

test("with forced colours buttons have an edge, boxes too, and the focus is seen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  for (const target of [
    page.getByRole("button", { name: "Sign in", exact: true }),
    page.getByLabel("Learner reference"),
  ]) {
    const border = await target.evaluate((element) => {
      const { borderTopStyle, borderTopWidth } = getComputedStyle(element);
      return borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0;
    });
    expect(border).toBe(true);
    await target.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await expect(target).toBeFocused();
    expect(await target.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
  }
});

test("with reduced motion nothing moves", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);
  for (const address of pages) {
    await go(page, address);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .filter((element) => {
          const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
          return animationName !== "none" || transitionDuration !== "0s" || scrollBehavior === "smooth";
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect.soft(moving, address).toEqual([]);
  }
});
