// C21: an employer gives the time to study. What was planned and taken is the learner's own, until they show it.
import type { Page } from "@playwright/test";
import { at, go, heading, kept, signIn } from "../fixtures/app.ts";
import { NOT_SENT, checkNow, expectReceived, requestOf, send } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { londonDay, spokenDay } from "../fixtures/dates.ts";
import { expect, test } from "../fixtures/test.ts";

async function add(page: Page, minutes: string, what: string): Promise<void> {
  await page.getByLabel("How many minutes?").fill(minutes);
  await page.getByLabel(/^What did you do\?/).fill(what);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByLabel("How many minutes?")).toHaveValue("");
}

function fact(page: Page, name: string) {
  return page.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd[1]");
}

test("C21: without a network a learner plans study time, adds what they took and puts it right; it arrives, and no staff sees it", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.course);
  await page.getByRole("link", { name: "Study time", exact: true }).click();
  await expect(heading(page, "Study time")).toBeFocused();
  await expect(page.getByText("You have not added any time this week.")).toBeVisible();

  await page.getByRole("button", { name: "Change your plan" }).click();
  await expect(page.getByLabel("Monday: start")).toBeFocused();
  await page.getByLabel("Monday: start").fill("18:30");
  await page.getByRole("button", { name: "Save the plan" }).click();
  await expect(page.getByRole("alert")).toContainText("Monday: give the start, as 18:30, and the minutes");
  await page.getByLabel("Monday: minutes").fill("90");
  await page.getByRole("button", { name: "Save the plan" }).click();
  await expect(heading2(page, "Your plan")).toBeFocused();
  await expect(page.getByText("Monday, 6:30pm to 8pm: 1 hour 30 minutes")).toBeVisible();
  await expect(page.getByText("This plan is saved on this device. It is not sent yet.")).toBeVisible();
  await expect(fact(page, "Planned")).toHaveText("1 hour 30 minutes");

  await add(page, "45", "reading");
  await add(page, "20", "");
  await expect(fact(page, "Taken")).toHaveText("1 hour 5 minutes");
  const reading = page.getByRole("listitem").filter({ hasText: "reading" });
  await expect(reading).toContainText("Not sent yet");
  await reading.getByRole("button", { name: /^Correct ?: .*reading$/ }).click();
  await expect(page.getByLabel("How many minutes?")).toBeFocused();
  await page.getByLabel("How many minutes?").fill("50");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(fact(page, "Taken")).toHaveText("1 hour 10 minutes");

  await portal.start();
  await checkNow(page);
  await expect(page.getByRole("banner")).not.toContainText("not sent yet", { timeout: 60_000 });
  await expect(reading).not.toContainText("Not sent yet");
  await expect(fact(page, "Taken")).toHaveText("1 hour 10 minutes");
  await expect(page.getByRole("row").filter({ hasText: "1 hour 30 minutes" })).toContainText("1 hour 10 minutes");
  expect(portal.sql("SELECT kind, count(*) FROM act GROUP BY kind ORDER BY kind")).toEqual([
    ["plan-study", 1],
    ["study", 3],
  ]);
  expect(await portal.staff("administrator", "Ann Price").requests()).toEqual([]);
  portal.command("verify-log");
});

test("C21: without a network a learner writes down cancelled study time; nobody sees it until they share it, and then the provider answers", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.study);
  await page.getByRole("link", { name: "My study time was cancelled" }).click();
  await expect(heading(page, "My study time was cancelled")).toBeFocused();
  await expect(page).toHaveTitle("Ask for help - Learner portal");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Choose the day on which you lost the time");
  await expect(page.getByRole("alert")).toContainText("Write the minutes with digits, as 90");
  await page.getByLabel("Which day was it?").fill(londonDay(-1));
  await page.getByLabel("How many minutes did you lose?").fill("90");
  await page.getByLabel(/^What happened\?/).fill("A rush job in the workshop.");
  await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();

  await portal.start();
  await checkNow(page);
  await expectReceived(page, "A private request");
  const id = requestOf(page);
  await expect(page.getByText(`1 hour 30 minutes on ${spokenDay(londonDay(-1))}.`)).toBeVisible();
  await expect(page.getByText("A rush job in the workshop.")).toBeVisible();
  const tutor = portal.staff("tutor", "Sam Okafor");
  expect(await tutor.requests("study-time")).toEqual([]);
  await expect(tutor.read(id)).rejects.toThrow(/404/);
  await expectAccessible(page, "lost study time that nobody else sees");

  await portal.stop();
  await page.getByRole("button", { name: "Share this with my provider" }).click();
  await expect(page.getByText(/^You share it: that is saved on this device\./)).toBeVisible();
  await expect(page.getByRole("button", { name: "Share this with my provider" })).toHaveCount(0);
  await portal.start();
  await checkNow(page);
  await expect(heading(page, "Study time that was cancelled")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("We answer by")).toBeVisible();

  const [asked] = await tutor.requests("study-time");
  expect(asked?.request.said.at(-1)?.says).toEqual({
    text: "A rush job in the workshop.",
    study: { date: londonDay(-1), minutes: 90 },
  });
  await tutor.answer(id, { text: "I have spoken to your employer. You get the time back on Friday." });
  await checkNow(page);
  await expect(page.getByText("I have spoken to your employer. You get the time back on Friday.")).toBeVisible();
});

test("the page of study time: axe in both themes, its errors too; by the keyboard alone", async ({ page }) => {
  await signIn(page);
  await go(page, at.study);
  await expectAccessible(page, "study time");
  await page.getByRole("button", { name: "Change your plan" }).press("Enter");
  await page.getByLabel("Tuesday: start").fill("07:00");
  await page.getByLabel("Tuesday: minutes").press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
  await expectAccessible(page, "study time with an error");
  await page.getByLabel("Tuesday: minutes").fill("30");
  await page.getByLabel("Tuesday: minutes").press("Enter");
  await expect(heading2(page, "Your plan")).toBeFocused();
  await page.getByLabel("How many minutes?").fill("15");
  await page.getByLabel("How many minutes?").press("Enter");
  await expect(fact(page, "Taken")).toHaveText("15 minutes");
  await expectAccessible(page, "study time with a plan");
});

function heading2(page: Page, name: string) {
  return page.getByRole("heading", { level: 2, name, exact: true });
}
