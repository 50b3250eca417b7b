import { at, go, heading, signIn } from "./fixtures/app.ts";
import { session } from "./fixtures/cohort.ts";
import { spoken, spokenClock } from "./fixtures/dates.ts";
import { expect, test } from "./fixtures/test.ts";

test.beforeEach(async ({ page }) => {
  await signIn(page);
  await go(page, at.live);
  await expect(heading(page, "Live sessions")).toBeVisible();
});

test("a session that is on can be joined: by a safe link whose host is shown, or by telephone", async ({ page }) => {
  const { title, day, from, to, link, telephone, pin } = session.now;
  const card = page.getByRole("article").filter({ hasText: title });
  await expect(card).toContainText("You can join now.");
  await expect(card).toContainText(`${spoken(day, from)} to ${spokenClock(to)}`);
  const join = card.getByRole("link", { name: `Join ${title} (opens in a new tab)` });
  await expect(join).toHaveAttribute("href", link);
  await expect(join).toHaveAttribute("target", "_blank");
  await expect(join).toHaveAttribute("rel", "noopener noreferrer");
  await expect(card).toContainText("Goes to meet.example.org, takes about 450 MB of data an hour.");
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
  await expect(card.getByRole("link")).toHaveCount(0);
});

test("a session that is called off says so, and has no way in", async ({ page }) => {
  const card = page.getByRole("article").filter({ hasText: "Mock test" });
  await expect(card).toContainText("Called off");
  await expect(card.getByRole("link")).toHaveCount(0);
});
