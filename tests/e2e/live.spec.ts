import type { Locator } from "@playwright/test";
import { at, go, heading, open, signIn } from "./fixtures/app.ts";
import { session } from "./fixtures/cohort.ts";
import { spoken, spokenClock } from "./fixtures/dates.ts";
import { expect, test } from "./fixtures/test.ts";

test.beforeEach(async ({ page }) => {
  await signIn(page);
  await go(page, at.live);
  await expect(heading(page, "Live sessions")).toBeVisible();
});

/** What all of the session that is on takes, at ten megabytes a minute: near midnight it is a short one. */
function price(): string {
  const [from, to] = [session.now.from, session.now.to].map((clock) => Date.parse(`2026-01-01T${clock}Z`) / 60_000);
  return `${(to - from) * session.now.perMinute} MB`;
}

test("a session that is on can be joined: by a safe link whose host is shown, or by telephone", async ({ page }) => {
  const { title, day, from, to, link, telephone, pin } = session.now;
  const card = page.getByRole("article").filter({ hasText: title });
  await expect(card).toContainText("You can join now.");
  await expect(card).toContainText(`${spoken(day, from)} to ${spokenClock(to)}`);
  const join = card.getByRole("link", { name: `Join ${title} (opens in a new tab)` });
  await expect(join).toHaveAttribute("href", link);
  await expect(join).toHaveAttribute("target", "_blank");
  await expect(join).toHaveAttribute("rel", "noopener noreferrer");
  await expect(card).toContainText(`Goes to meet.example.org, takes about ${price()} of data for this session.`);
  await expect(card.getByRole("link", { name: telephone })).toHaveAttribute("href", "tel:02079460123");
  await expect(card).toContainText(pin);
});

test("a session to come says from when it can be joined", async ({ page }) => {
  const card = page.getByRole("article").filter({ hasText: session.next.title });
  await expect(card).toContainText("You can join from 5:45pm.");
  await expect(card.getByRole("link", { name: `Join ${session.next.title}` })).toBeVisible();
});

test("a session that is over has no way in", async ({ page }) => {
  const card = page.getByRole("article").filter({ hasText: session.past.title });
  await expect(card).toContainText("This session is over.");
  await expect(card.getByRole("link", { name: /^Join / })).toHaveCount(0);
});

test("a session that is called off says so, and has no way in", async ({ page }) => {
  const card = page.getByRole("article").filter({ hasText: "Mock test" });
  await expect(card).toContainText("Called off");
  await expect(card.getByRole("link")).toHaveCount(0);
});

/** Whether one stands before the other, for the eye, the keyboard and a screen reader alike. */
const before = async (one: Locator, other: Locator) =>
  one.evaluate(
    (a, b) => (a.compareDocumentPosition(b!) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    await other.elementHandle(),
  );

test("the price stands before the way in", async ({ page }) => {
  const card = page.getByRole("article").filter({ hasText: session.now.title });
  await expect
    .poll(() => before(card.getByText(`about ${price()}`), card.getByRole("link", { name: /^Join / })))
    .toBe(true);
});

test("with 'Use less data' the telephone and its PIN stand first, and the link is the second way", async ({ page }) => {
  const card = page.getByRole("article").filter({ hasText: session.now.title });
  const [telephone, join] = [
    card.getByRole("link", { name: session.now.telephone }),
    card.getByRole("link", { name: /^Join / }),
  ];
  await expect.poll(() => before(join, telephone)).toBe(true);
  await go(page, at.device);
  await page.getByRole("checkbox", { name: "Use less data" }).check();
  await go(page, at.live);
  await expect(card).toContainText("You use less data. A telephone call takes none:");
  await expect.poll(() => before(telephone, join)).toBe(true);
  await expect.poll(() => before(card.getByText(session.now.pin), join)).toBe(true);
  await expect(join).toHaveClass(/button--second/);
});

test("where the browser is told to save data the telephone stands first too", async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) }),
  );
  await open(page, at.live);
  const card = page.getByRole("article").filter({ hasText: session.now.title });
  await expect(card).toContainText("You use less data. A telephone call takes none:");
});
