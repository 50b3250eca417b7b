// C2: feedback by a promised day, the feedback itself, and what is said about it.
import type { Locator, Page } from "@playwright/test";
import { at, go, kept, sectionOf, signIn } from "../fixtures/app.ts";
import { checkNow, expectReceived, send } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { work } from "../fixtures/cohort.ts";
import { londonDay, spokenDay } from "../fixtures/dates.ts";
import { declare, expectSaved } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

const { id, title } = work.nextWeek;
const first = { learner: "L1001", assignment: id, attempt: 1 };

/** The day that is so many working days away; tomorrow is the cohort's day off. */
function workingDay(days: number): string {
  let ahead = 0;
  for (let left = days; left > 0;) {
    ahead++;
    const weekday = new Date(`${londonDay(ahead)}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && ahead !== 1) left--;
  }
  return londonDay(ahead);
}

function feedbackOf(page: Page): Locator {
  return sectionOf(page, "Your feedback");
}

test("C2: work declared without a network is promised feedback by a day; it comes by name, is read and asked about offline", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await declare(page, id);
  await expectSaved(page);
  await go(page, at.deadline(id));
  const feedback = feedbackOf(page);
  await expect(feedback).toContainText("Your declaration is not sent yet.");
  await portal.start();
  await checkNow(page);
  await expect(feedback).toContainText("You get it by", { timeout: 60_000 });
  await expect(feedback).toContainText(spokenDay(workingDay(15)));
  await expect(feedback).not.toContainText("not sent yet");

  await tutor.enter("feedback", {
    ...first,
    text: "Clear and complete.\n\nNext time name the torch.",
    outcome: "merit",
  });
  await checkNow(page);
  await expect(feedback).toContainText("Passed with merit");
  await expect(feedback).toContainText("Sam Okafor, tutor");
  await portal.stop();
  await page.reload();
  await expect(feedback).toContainText("Next time name the torch.");
  await feedback.getByRole("button", { name: "I have read it" }).click();
  await expect(feedback.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();
  await feedback.getByRole("link", { name: "Ask about your feedback" }).click();
  await page.getByLabel("What do you want to ask?").fill("Which torch?");
  const question = await send(page);
  await go(page, at.deadline(id));
  await expect(feedback).toContainText("A question about feedback");
  await expect(page.getByRole("banner")).toContainText("2 messages are saved on this device, not sent yet");

  await portal.start();
  await go(page, at.request(question));
  await checkNow(page);
  await expectReceived(page, `A question about feedback: ${title}`);
  await tutor.answer(question, { text: "The one in booth 2." });
  await checkNow(page);
  await expect(page.getByRole("main")).toContainText("The one in booth 2.");
  await go(page, at.deadline(id));
  await expect(feedback).toContainText(/You said on .* that you have read this version\./);
  await expect(feedback.getByText("Answered", { exact: true })).toBeVisible();
  expect(portal.sql("SELECT kind, subject FROM act")).toEqual([["read", `feedback/L1001/${id}/1`]]);

  await tutor.enter("feedback", { ...first, text: "Clear. The torch is named on page 2.", outcome: "distinction" });
  await checkNow(page);
  await expect(feedback).toContainText("We changed this feedback.");
  await expect(feedback).toContainText("Changed on");
  await expect(feedback).toContainText("Passed with distinction");
  await expect(feedback).not.toContainText("name the torch");
  await expect(feedback).toContainText(/You read it on .*\. It has changed since\./);
  await expect(feedback.getByRole("button", { name: "I have read it" })).toBeVisible();
  portal.command("verify-log");
});

test("C2: where the promised day is over the page says so and whom to call, and the provider's table says so too", async ({
  page,
  portal,
}) => {
  const administrator = portal.staff("administrator", "Ada Boateng");
  await signIn(page);
  await go(page, at.deadline(id));
  await expect(feedbackOf(page)).toHaveCount(0);
  await administrator.enter("hand-ins", { ...first, handed_in_at: `${londonDay(-60)}T12:00:00Z` });
  await checkNow(page);
  const feedback = feedbackOf(page);
  await expect(feedback.getByText("Late: no feedback yet")).toBeVisible();
  await expect(feedback).toContainText("We promised you feedback by");
  await expect(feedback.getByRole("link", { name: "020 7946 0150" })).toBeVisible();
  await expectAccessible(page, "feedback that is late");
  const line = async () => (await administrator.table("feedback-times")).split("\n")[1];
  expect(await line()).toMatch(new RegExp(`^L1001,Amina Yusuf,${id},.*,yes,,,$`));

  await administrator.enter("feedback", { ...first, text: "Sorry that it took so long.", outcome: "none" });
  await checkNow(page);
  await expect(feedback).toContainText("Sorry that it took so long.");
  await expect(feedback).not.toContainText("Late");
  expect(await line()).toContain(",Ada Boateng,none,");
});

test("C2 and C16: work that was handed in on paper is not late, and can still be declared", async ({
  page,
  portal,
}) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await go(page, at.deadlines);
  const card = page.getByRole("article").filter({ hasText: work.late.title });
  await expect(card.getByText("Late", { exact: true })).toBeVisible();
  const late = { learner: "L1001", assignment: work.late.id, attempt: 1 };
  await tutor.enter("hand-ins", { ...late, handed_in_at: `${londonDay(-6)}T12:00:00Z` });
  await checkNow(page);
  await expect(card.getByText("Handed in", { exact: true })).toBeVisible();
  await expect(card.getByText("Late", { exact: true })).toHaveCount(0);
  await go(page, at.deadline(work.late.id));
  await expect(page.getByRole("heading", { name: work.late.title })).toBeVisible();
  await expect(page.getByRole("main").getByText("Late", { exact: true })).toHaveCount(0);
  await go(page, at.work);
  await page.getByRole("link", { name: work.late.title }).click();
  await expect(page).toHaveURL(new RegExp(`#/declare/${work.late.id}/`));

  await tutor.enter("feedback", { ...late, text: "Do the second part again.", outcome: "refer" });
  await go(page, at.deadlines);
  await checkNow(page);
  await expect(card.getByText("Late", { exact: true })).toBeVisible();
});

test("C2 and C16: work that was declared and is to be done again is open until the next attempt is declared", async ({
  page,
  portal,
}) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await declare(page, id);
  await expectSaved(page);
  await go(page, at.deadlines);
  const card = page.getByRole("article").filter({ hasText: title });
  await expect(card.getByText("Declared", { exact: true })).toBeVisible({ timeout: 60_000 });
  await tutor.enter("feedback", { ...first, text: "Do the second part again.", outcome: "refer" });
  await checkNow(page);
  await expect(card.getByText("Declared", { exact: true })).toHaveCount(0);
  await go(page, at.deadline(id));
  await expect(page.getByRole("main").getByText("Declared", { exact: true })).toHaveCount(0);
  await go(page, at.work);
  await page.getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(new RegExp(`#/declare/${id}/`));
});

test("C2: each attempt has its own promise and its own feedback, the latest first", async ({ page, portal }) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  for (const attempt of [1, 2])
    await tutor.enter("hand-ins", { ...first, attempt, handed_in_at: `${londonDay(-1)}T12:00:00Z` });
  await tutor.enter("feedback", { ...first, text: "Not yet. See me.", outcome: "refer" });
  await go(page, at.deadline(id));
  await checkNow(page);
  const feedback = feedbackOf(page);
  await expect(feedback.getByRole("heading", { level: 3 })).toHaveText(["Attempt 2", "Attempt 1"]);
  await expect(feedback).toContainText("Not yet. Work on it again, then hand it in.");
});

test("feedback that is very long: axe in both themes, no sideways scrolling at 320 pixels, by the keyboard", async ({
  page,
  portal,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const tutor = portal.staff("tutor", "Sam Okafor");
  const text = `${"Rindfleischetikettierungsüberwachungsaufgaben".repeat(4)}\n\n${"Look at this again. ".repeat(800)}`;
  await tutor.enter("feedback", { ...first, text, outcome: "passed" });
  await signIn(page);
  await go(page, at.deadline(id));
  const feedback = feedbackOf(page);
  await expect(feedback).toContainText("Look at this again.");
  await expectAccessible(page, "long feedback");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await feedback.getByRole("button", { name: "I have read it" }).focus();
  await page.keyboard.press("Enter");
  await expect(feedback).toContainText(/You said on .* that you have read this version\./);
});
