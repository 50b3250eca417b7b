// C6, C7, C18 and C19: who was at a session, how that counts, who asks after those who were missed, and how all behave.
import type { Page } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, go, heading, kept, open, sectionOf, signIn, signOut, upToDate } from "../fixtures/app.ts";
import { checkNow, expectReceived, send } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { session } from "../fixtures/cohort.ts";
import { londonClock, londonDay, spokenDay } from "../fixtures/dates.ts";
import type { Portal } from "../fixtures/portal.ts";
import { expect, test } from "../fixtures/test.ts";

const card = (page: Page, title: string) =>
  page.getByRole("article").filter({ has: page.getByRole("heading", { level: 3, name: title, exact: true }) });

const NOW = session.now.title;
const PAST = session.past.title;
const about = (learner: string, webinar = "weld-past") => ({ learner, webinar });

/** Gives the welders one session more. */
function plan(portal: Portal, folder: string, id: string, title: string, day: string, start: string, end: string) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "sessions.csv"),
    `id,course,title,date,start,end,mode,join_link\n${id},WELD2,${title},${day},${start},${end},live-webinar,https://meet.example.org/${id}\n`,
  );
  portal.command("import", "--strict", folder);
}

test("C18: who joins from Today says there that they are here", async ({ page, portal }) => {
  await signIn(page);
  await kept(page);
  await expect(page.getByRole("main").getByRole("link", { name: `Join ${NOW}` })).toBeVisible();
  const here = sectionOf(page, `Are you at “${NOW}”?`);
  await expect(here.getByRole("list")).toBeVisible(); // how to behave
  await here.getByRole("button", { name: "I am here" }).press("Enter");
  await expect(here).toContainText(/You said ‘I am here’ at .*m, \d+ minutes after the start\./, { timeout: 60_000 });
  await expect(here.getByRole("button")).toHaveCount(0);
  await expectAccessible(page, "Today, at a session");
  expect(portal.sql("SELECT learner, kind, subject FROM act")).toEqual([["L1001", "arrive", "L1001/weld-now"]]);
});

test("C18: without a network a learner says 'I am here' at joining; it is kept, and counts for when it was said", async ({
  page,
  portal,
  noise,
}, testInfo) => {
  noise.allowFailedRequests();
  plan(portal, testInfo.outputPath("cohort"), "weld-soon", "Reading drawings", londonDay(0), londonClock(3), "23:59");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.live);
  const soon = card(page, "Reading drawings");
  await expect(soon.getByRole("link", { name: /^Join Reading drawings/ })).toBeVisible();
  await soon.getByRole("button", { name: "I am here" }).click();
  await expect(soon.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();
  await expect(soon.getByRole("button", { name: "I am here" })).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText("1 message is saved on this device, not sent yet");
  const late = card(page, NOW);
  await late.getByRole("button", { name: "I am here" }).press("Enter");
  await expect(late.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();
  await page.reload();
  await expect(soon.getByText(/^Saved on this device\. Not sent yet\./)).toBeVisible();
  // There is no page of it to open: none would be left when it has arrived.
  await go(page, at.requests);
  await expect(card(page, "I am here: Reading drawings")).toContainText("Not sent yet");
  await expect(page.getByRole("article").getByRole("link")).toHaveCount(0);
  await go(page, at.live);

  await portal.start();
  await checkNow(page);
  await expect(soon).toContainText(/You said ‘I am here’ at .*m, on time\./, { timeout: 60_000 });
  await expect(late).toContainText(/You said ‘I am here’ at .*m, \d+ minutes after the start\./);
  await expect(page.getByRole("banner")).not.toContainText("not sent yet");
  await expect(page.getByRole("main").getByRole("button", { name: "I am here" })).toHaveCount(0);
  expect(portal.sql("SELECT learner, kind, subject FROM act ORDER BY subject")).toEqual([
    ["L1001", "arrive", "L1001/weld-now"],
    ["L1001", "arrive", "L1001/weld-soon"],
  ]);
  // The device's clock, the correction, and the server's are all kept.
  const [[record]] = portal.sql("SELECT body FROM record WHERE kind = 'attendance' AND id = 'L1001/weld-now'");
  const arrival = (JSON.parse(String(record)) as { arrival: Record<string, unknown> }).arrival;
  expect(Object.keys(arrival).sort()).toEqual(["at", "clock_offset_ms", "device_time", "minutes_late", "received_at"]);
  portal.command("verify-log");
});

test("C18: two learners at one shared computer both count, each for themselves", async ({ page, portal }) => {
  for (const learner of ["L1001", "L1002"] as const) {
    await open(page);
    await signIn(page, learner, "shared");
    await go(page, at.live);
    const now = card(page, NOW);
    await now.getByRole("button", { name: "I am here" }).click();
    await expect(now).toContainText(/You said ‘I am here’ at /, { timeout: 60_000 });
    await signOut(page);
  }
  expect(portal.sql("SELECT learner, subject FROM act ORDER BY learner")).toEqual([
    ["L1001", "L1001/weld-now"],
    ["L1002", "L1002/weld-now"],
  ]);
});

test("C19: at joining a learner reads how to behave, beside the way in, and how to report somebody who does not", async ({
  page,
  portal,
}) => {
  const lead = portal.staff("safeguarding-lead", "Grace Lead");
  await signIn(page);
  await go(page, at.live);
  const now = card(page, NOW);
  await expect(now).toContainText("Be kind. Let others speak.");
  await expect(now).toContainText("Don’t record. Don’t share the link.");
  // Not where nobody can join.
  await expect(card(page, session.next.title)).not.toContainText("Be kind.");
  await expect(card(page, session.next.title).getByRole("button", { name: "I am here" })).toHaveCount(0);
  await expect(card(page, PAST)).not.toContainText("Be kind.");
  await now.getByRole("link", { name: `Report how somebody behaved: ${NOW}` }).click();
  await page.getByLabel("What happened?").fill("Somebody shouted at Jack.");
  const id = await send(page);
  await expect.poll(async () => (await lead.requests("report-conduct")).map(({ request }) => request.id)).toEqual([id]);
});

test("C6: a learner sees each session's mark and minutes, and the percentage with how it is counted, offline too", async ({
  page,
  portal,
  noise,
}, testInfo) => {
  noise.allowFailedRequests();
  const tutor = portal.staff("tutor", "Sam Okafor");
  const folder = testInfo.outputPath("cohort");
  for (const [n, title] of ["First weld", "Second weld", "Third weld"].entries())
    plan(portal, join(folder, String(n)), `weld-${n}`, title, londonDay(-2 - n), "10:00", "11:00");
  await signIn(page);
  await go(page, at.live);
  await page.getByRole("link", { name: "My attendance" }).click();
  await expect(heading(page, "My attendance")).toBeFocused();
  await expect(page.getByText("No session counts yet.")).toBeVisible();
  await expect(card(page, PAST)).toContainText("No mark yet");
  await expectAccessible(page, "attendance without a mark");

  await tutor.enter("attendance", { ...about("L1001"), mark: "late", minutes_late: 7, note: "You came at 10:07." });
  await tutor.enter("attendance", { ...about("L1001", "weld-0"), mark: "absent" });
  await tutor.enter("attendance", { ...about("L1001", "weld-1"), mark: "excused" });
  await tutor.enter("attendance", { ...about("L1001", "weld-2"), mark: "present" });
  await checkNow(page);
  await expect(card(page, PAST)).toContainText("Late: 7 minutes");
  await expect(card(page, PAST)).toContainText("You came at 10:07.");
  await expect(card(page, PAST)).toContainText("Marked by Sam Okafor, tutor, on");
  await expect(card(page, "First weld")).toContainText("Absent");
  await expect(card(page, "Second weld")).toContainText("Excused");
  await expect(card(page, "Third weld")).toContainText("Present");
  const main = page.getByRole("main");
  await expect(main).toContainText("66% · 2 of 3 sessions");
  await expect(main).toContainText("1 of 2 · 7 minutes late in all");
  await expect(main).toContainText("Excused does not count against you.");

  // The latest mark counts, and both are kept.
  await tutor.enter("attendance", { ...about("L1001", "weld-0"), mark: "present" });
  await checkNow(page);
  await expect(main).toContainText("100% · 3 of 3 sessions");
  expect(portal.sql("SELECT COUNT(*) FROM entry WHERE subject = 'L1001/weld-0'")).toEqual([[2]]);
  await kept(page);
  await portal.stop();
  await page.reload();
  await expect(main).toContainText("100% · 3 of 3 sessions");
  await expect(card(page, "Second weld")).toContainText("Excused");
  await expectAccessible(page, "attendance with marks");
});

test("C7: who was missed is asked after, gives the reason without a network, and sees who follows up, by when, and the end", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const tutor = portal.staff("tutor", "Sam Okafor");
  await tutor.enter("attendance", { ...about("L1001"), mark: "absent" });
  const by = londonDay(3);
  await tutor.enter("follow-ups", { ...about("L1001"), who: "Joy Mensah", by, text: "Are you well?" });
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.live);
  const past = card(page, PAST);
  await expect(past).toContainText("We noticed you missed this session");
  await expect(past).toContainText("Are you well?");
  await expect(past).toContainText(`Joy Mensah follows it up with you by ${spokenDay(by)}.`);
  await expect(past.getByRole("link", { name: "Ask us to call you" })).toBeVisible();
  await expectAccessible(page, "live sessions with a follow-up");
  await go(page, at.attendance);
  await past.getByRole("link", { name: `Why I missed it: ${PAST}` }).click();
  await page.getByLabel("Why did you miss it?").fill("My bus did not come.");
  const id = await send(page);
  await go(page, at.attendance);
  await expect(past).toContainText("Not sent yet");
  await portal.start();
  await checkNow(page);
  await expect(past).toContainText("Received", { timeout: 60_000 });

  await tutor.answer(id, { text: "Thank you. Watch the recording." });
  await tutor.enter("attendance", { ...about("L1001"), mark: "excused" });
  await tutor.enter("follow-ups", { ...about("L1001"), ended: true, text: "All is well." });
  await checkNow(page);
  await expect(past).toContainText("Answered");
  await expect(past).toContainText("Excused");
  await expect(past).toContainText("Sam Okafor closed this on");
  await expect(past).toContainText("All is well.");
  await expect(past.getByRole("link", { name: "Ask us to call you" })).toHaveCount(0);
  // Jack was not missed.
  await signOut(page);
  await open(page);
  await signIn(page, "L1002");
  await upToDate(page);
  await go(page, at.attendance);
  await expect(past).toContainText("No mark yet");
  await expect(page.getByRole("main")).not.toContainText("We noticed");
});

test("C7: who withdrew what they said of a session can say it anew, and is asked again", async ({ page, portal }) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  const withdraws = async (name: string) => {
    await send(page);
    await expectReceived(page, name);
    await page.getByRole("button", { name: "Withdraw this request" }).click();
    await page.getByRole("button", { name: "Yes, withdraw it" }).click();
    await expect(page.getByText("This request is closed.")).toBeVisible({ timeout: 60_000 });
  };
  await go(page, at.live);
  const [next, past] = [card(page, session.next.title), card(page, PAST)];
  const cannotCome = next.getByRole("link", { name: `I can’t come: ${session.next.title}` });
  await cannotCome.click();
  await withdraws(`I can’t come: ${session.next.title}`);
  await go(page, at.live);
  await expect(next.getByText("You withdrew it", { exact: true })).toBeVisible();
  await expect(cannotCome).toBeVisible();
  const whyMissed = past.getByRole("link", { name: `Why I missed it: ${PAST}` });
  await whyMissed.click();
  await page.getByLabel("Why did you miss it?").fill("I do not know.");
  await withdraws(`Why I missed a session: ${PAST}`);

  await tutor.enter("attendance", { ...about("L1001"), mark: "absent" });
  await tutor.enter("follow-ups", { ...about("L1001"), who: "Joy Mensah", by: londonDay(3) });
  await go(page, at.today);
  await checkNow(page);
  await page.getByRole("link", { name: `We missed you at “${PAST}”. Tell us why` }).click();
  await expect(past.getByText("You withdrew it", { exact: true })).toBeVisible();
  await expect(whyMissed).toBeVisible();
});

test("joining with the keyboard: the way in, then 'I am here'; axe before and after", async ({ page }) => {
  await signIn(page);
  await go(page, at.live);
  const now = card(page, NOW);
  await expectAccessible(page, "live sessions at joining");
  await now.getByRole("link", { name: /^Join / }).focus();
  const here = now.getByRole("button", { name: "I am here" });
  for (let presses = 0; presses < 3 && !(await here.evaluate((button) => button === document.activeElement)); presses++)
    await page.keyboard.press("Tab");
  await expect(here).toBeFocused();
  await page.keyboard.press("Space");
  await expect(now).toContainText(/You said ‘I am here’ at /, { timeout: 60_000 });
  await expectAccessible(page, "live sessions after 'I am here'");
});
