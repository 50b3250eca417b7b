// What has come for a learner waits on Today until they see to it (C2, C7, C8, C9, C10, C23).
import type { Page } from "@playwright/test";
import { at, go, heading, kept, sectionOf, signIn } from "../fixtures/app.ts";
import { asksForHelp, checkNow, expectReceived, send } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { session, work } from "../fixtures/cohort.ts";
import { londonDay } from "../fixtures/dates.ts";
import { expect, test } from "../fixtures/test.ts";

const FEEDBACK = `Read your feedback on “${work.nextWeek.title}”`;
const MISSED = `We missed you at “${session.past.title}”. Tell us why`;
const CHECK = `Check what you understood: ${session.past.title}`;
const ANSWER = "1 of your requests has an answer";

const news = (page: Page) => sectionOf(page, "New for you");
const expectNews = (page: Page, ...lines: string[]) => expect(news(page).getByRole("link")).toHaveText(lines);

test("C2, C7, C9 and C10: what the provider did waits on Today, each with its way; what the learner sees to is gone, offline too", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const tutor = portal.staff("tutor", "Sam Okafor");
  const about = { learner: "L1001", webinar: "weld-past" };
  await signIn(page);
  await kept(page);
  const id = await asksForHelp(page);
  await expectReceived(page, "Help with learning");
  await tutor.enter("feedback", {
    ...{ learner: "L1001", assignment: work.nextWeek.id, attempt: 1 },
    ...{ text: "Clear and complete.", outcome: "passed" },
  });
  await tutor.enter("attendance", { ...about, mark: "absent" });
  await tutor.enter("follow-ups", { ...about, who: "Joy Mensah", by: londonDay(3), text: "Are you well?" });
  await tutor.answer(id, { status: "answered", text: "Come to the maths hour on Tuesday." });
  await checkNow(page);
  await go(page, at.today);
  const rest = ["5 safety pages to read", "9 policies to read"];
  await expectNews(page, FEEDBACK, MISSED, CHECK, ANSWER, ...rest);
  await expectAccessible(page, "Today with news");

  await portal.stop();
  await news(page).getByRole("link", { name: FEEDBACK }).press("Enter");
  await page.getByRole("button", { name: "I have read it" }).click();
  await expect(page.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();
  await go(page, at.today);
  await expectNews(page, MISSED, CHECK, ANSWER, ...rest);
  await news(page).getByRole("link", { name: CHECK }).click();
  await expect(heading(page, "Check what you understood")).toBeFocused();
  await go(page, at.today);
  await news(page).getByRole("link", { name: MISSED }).click();
  await page.getByRole("link", { name: `Why I missed it: ${session.past.title}` }).click();
  await page.getByLabel("Why did you miss it?").fill("My bus did not come.");
  await send(page);
  await go(page, at.today);
  await expectNews(page, CHECK, ANSWER, ...rest);

  await portal.start();
  await checkNow(page);
  await expect(page.getByRole("banner")).not.toContainText("not sent yet", { timeout: 60_000 });
  await page.reload();
  await expectNews(page, CHECK, ANSWER, ...rest);
  await tutor.enter("feedback", {
    ...{ learner: "L1001", assignment: work.nextWeek.id, attempt: 1 },
    ...{ text: "Clear. The torch is named on page 2.", outcome: "merit" },
  });
  await checkNow(page);
  await expectNews(page, FEEDBACK, CHECK, ANSWER, ...rest);
});

test("an answer to what is private is news like any other: Today does not say which", async ({ page, portal }) => {
  const lead = portal.staff("safeguarding-lead", "Joy Mensah");
  await signIn(page);
  await go(page, at.ask("tell"));
  await page.getByLabel("What worries you?").fill("Somebody sends me pictures.");
  await send(page);
  await expect.poll(async () => (await lead.requests()).length).toBe(1);
  const [{ request }] = await lead.requests();
  await lead.answer(request.id, { status: "answered", text: "I will call you today." });
  await checkNow(page);
  await go(page, at.today);
  await expect(news(page).getByRole("link", { name: ANSWER })).toHaveAttribute("href", "#/help/requests");
  await expect(page.getByRole("main")).not.toContainText(/concern|private|pictures/i);
});
