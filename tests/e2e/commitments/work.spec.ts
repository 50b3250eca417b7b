// More time and what is said of sessions and material: asked where the learner is, answered where they look (C8, C16, C18, C19).
import { at, go, heading, kept, signIn } from "../fixtures/app.ts";
import { NOT_SENT, checkNow, expectReceived, send } from "../fixtures/asking.ts";
import { session, work } from "../fixtures/cohort.ts";
import { londonDay, spoken, spokenDay } from "../fixtures/dates.ts";
import { expect, test } from "../fixtures/test.ts";

test("C16: more time is asked for on the deadline's page without a network, granted, and stands beside the original", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const tutor = portal.staff("tutor", "Sam Okafor");
  const { id: workId, title, day, clock } = work.nextWeek;
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.deadline(workId));
  await page.getByRole("link", { name: "Ask for more time" }).click();
  await expect(page.getByText(title, { exact: true })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(`Your deadline now: ${spoken(day, clock)}`);
  await page.getByLabel("Until which day do you need it?").fill(day);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText([
    "Choose a day after today, and after your deadline",
    "Write a few words",
  ]);
  const until = londonDay(25);
  await page.getByLabel("Until which day do you need it?").fill(until);
  await page.getByLabel("Why do you need more time?").fill("My shifts changed.");
  const id = await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  await go(page, at.deadline(workId));
  await expect(page.getByRole("main")).toContainText("Not sent yet");

  await portal.start();
  await go(page, at.request(id));
  await expectReceived(page, `More time: ${title}`);
  await expect(page.getByRole("main")).toContainText(spokenDay(until));
  const [asked] = await tutor.requests("more-time");
  expect([asked.learner, asked.request.about, asked.request.until, asked.request.said[0].says?.text]).toEqual([
    "L1001",
    { assignment: workId },
    until,
    "My shifts changed.",
  ]);
  await tutor.answer(id, { decision: { granted: { date: londonDay(20), time: "12:00:00" } }, text: "Good luck." });
  await checkNow(page);
  await expect(page.getByRole("main")).toContainText(`You have more time: until ${spoken(londonDay(20), "12:00")}.`);
  await go(page, at.deadline(workId));
  const fact = (name: string) => page.getByRole("definition").filter({ hasText: name });
  await expect(fact(spoken(londonDay(20), "12:00"))).toBeVisible();
  await expect(fact(spoken(day, clock))).toBeVisible();
  await page.getByRole("link", { name: "More time", exact: true }).click();
  await expect(page.getByRole("main")).toContainText("Good luck.");
});

test("C16: a refusal is said with its reason, and the deadline stays as it was", async ({ page, portal }) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await go(page, at.ask("more-time", work.winter.id));
  await page.getByLabel("Until which day do you need it?").fill("2038-01-15");
  await page.getByLabel("Why do you need more time?").fill("I am slow.");
  const id = await send(page);
  await expectReceived(page, /^More time/);
  await tutor.answer(id, { decision: { refused: { reason: "The awarding body sets this date." } } });
  await checkNow(page);
  await expect(page.getByRole("main")).toContainText("No, because: The awarding body sets this date.");
  await go(page, at.deadline(work.winter.id));
  await expect(page.getByRole("main")).not.toContainText("Your extension");
});

test("C18: a learner says before a session that they cannot come, and after one why they missed it", async ({
  page,
  portal,
}) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await go(page, at.live);
  await page.getByRole("link", { name: `I can’t come: ${session.next.title}` }).click();
  // An apology needs no reason.
  await send(page);
  await expectReceived(page, `I can’t come: ${session.next.title}`);
  await go(page, at.live);
  await page.getByRole("link", { name: `Why I missed it: ${session.past.title}` }).click();
  await page.getByLabel("Why did you miss it?").fill("The bus did not come.");
  const missed = await send(page);
  await expectReceived(page, `Why I missed a session: ${session.past.title}`);
  expect((await tutor.requests()).map(({ request }) => [request.kind, request.about])).toEqual([
    ["apology", { webinar: "weld-next" }],
    ["missed-reason", { webinar: "weld-past" }],
  ]);
  await tutor.answer(missed, { text: "Watch the recording. See me on Tuesday." });
  await go(page, at.live);
  const card = (title: string) => page.getByRole("article").filter({ has: page.getByRole("heading", { name: title }) });
  await expect(card(session.next.title)).toContainText("Received");
  await checkNow(page);
  await expect(card(session.past.title)).toContainText("Answered");
  await card(session.past.title).getByRole("link", { name: "Why I missed a session" }).click();
  await expect(page.getByRole("main")).toContainText("Watch the recording. See me on Tuesday.");
});

test("C19: how somebody behaved in a session is reported without a network, by its link, and answered by name", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const lead = portal.staff("safeguarding-lead", "Grace Adeyemi");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.live);
  await page.getByRole("link", { name: `Report how somebody behaved: ${session.past.title}` }).click();
  await page.getByLabel("What happened?").fill("Somebody laughed at how I speak.");
  const id = await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  await portal.start();
  await checkNow(page);
  await expectReceived(page, `How somebody behaved: ${session.past.title}`);
  const { request } = await lead.read(id);
  expect([request.about, request.said[0].says?.text]).toEqual([
    { webinar: "weld-past" },
    "Somebody laughed at how I speak.",
  ]);
  await lead.answer(id, { text: "That is not right. I will speak with them." });
  await checkNow(page);
  await expect(page.getByRole("main")).toContainText("Grace Adeyemi, safeguarding lead");
});

test("C8: a link in a piece of work is reported, and anything else by its name", async ({ page, portal }) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await go(page, at.deadline(work.extended.id));
  await page.getByRole("link", { name: "Report this link" }).click();
  await page.getByLabel("What is wrong with it?").fill("It shows an advertisement.");
  await send(page);
  await expectReceived(page, `Something wrong in material: ${work.extended.title}`);
  await go(page, at.ask("report-material"));
  await page.getByLabel("Which link, page or document is it?").fill("Booklet 3, page 4");
  await page.getByLabel("What is wrong with it?").fill("The picture is missing.");
  await send(page);
  await expectReceived(page, "Something wrong in material: Booklet 3, page 4");
  expect((await tutor.requests("report-material")).map(({ request }) => request.about)).toEqual([
    { link: "https://learn.example.org/weld2/safety" },
    { material: "Booklet 3, page 4" },
  ]);
});
