// C12 and C23: whom a course answers to, and that the rules are known and current.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, go, heading, kept, sectionOf, signIn } from "../fixtures/app.ts";
import { checkNow } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { work } from "../fixtures/cohort.ts";
import { expect, test } from "../fixtures/test.ts";

test("C12: a learner sees the awarding body of each course, and when it agreed to online learning, offline too", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.deadline(work.extended.id));
  await page.getByRole("link", { name: "About this course" }).click();
  await expect(heading(page, "Your courses")).toBeFocused();
  await expect(page).toHaveTitle("Your courses - Learner portal");
  const course = (name: string) => sectionOf(page, name);
  await expect(course("Welding Level 2")).toContainText("Example Awards");
  await expect(course("Welding Level 2")).toContainText(/agreed to it on \d{1,2} \w+ \d{4}\./);
  await expect(course("Welding Level 2")).toContainText("Morag Sinclair, Assessor");
  await expect(course("Digital Skills")).toContainText("Not said yet. Ask your tutor.");
  await expect(course("Digital Skills")).toContainText("We have no date yet");
});

test("C23: a policy past its renewal is shown as such, and a new version tells what changed", async ({
  page,
  portal,
}, testInfo) => {
  await signIn(page);
  await go(page, at.course);
  const policy = (name: string) =>
    page.getByRole("article").filter({ has: page.getByRole("heading", { level: 3, name, exact: true }) });
  const blended = policy("Blended Learning Policy");
  await expect(blended).toContainText("Renewal is late");
  await expect(blended).toContainText("We should have renewed it by 10 October 2025.");
  await expect(blended).toContainText("V1.2");
  await expect(policy("Attendance and Punctuality Policy")).not.toContainText("Renewal is late");
  const link = blended.getByRole("link", { name: /^Read Blended Learning Policy \(www\.example\.org, 180 kB\)/ });
  await expect(link).toHaveAttribute("rel", /noopener/);

  const folder = testInfo.outputPath("cohort");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "policies.csv"),
    "id,title,version,issued_on,renewal_on,changes\n" +
      "blended-learning,Blended Learning Policy,V1.3,2026-11-20,2099-10-10,You can now ask for a call back.\n",
  );
  portal.command("import", "--strict", folder);
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(blended).toContainText("V1.3");
  await expect(blended).toContainText("You can now ask for a call back.");
  await expect(blended).not.toContainText("Renewal is late");
  await expect(blended).toContainText("There is no link to it. Ask your tutor for a copy.");
});

test("the page of courses and policies: axe in both themes", async ({ page }) => {
  await signIn(page);
  await go(page, at.course);
  await expect(page.getByRole("article").first()).toBeVisible();
  await expectAccessible(page, "courses and policies");
});

test("C23: without a network a learner says that they have read a policy; it arrives once, and a new version asks again", async ({
  page,
  portal,
  noise,
}, testInfo) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.course);
  const policy = page.getByRole("article").filter({
    has: page.getByRole("heading", { level: 3, name: "Attendance and Punctuality Policy", exact: true }),
  });
  await policy.getByRole("button", { name: "I have read it" }).click();
  await expect(policy.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();
  await expect(page.getByRole("banner")).toContainText("1 message is saved on this device, not sent yet");

  await portal.start();
  await checkNow(page);
  await expect(policy).toContainText(/You said on .* that you have read this version\./, { timeout: 60_000 });
  await expect(page.getByRole("banner")).not.toContainText("not sent yet");
  const acts = portal.sql("SELECT learner, kind, subject FROM act");
  expect(acts).toEqual([["L1001", "read", "policy/attendance"]]);
  portal.command("verify-log");

  const folder = testInfo.outputPath("cohort");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "policies.csv"),
    "id,title,version,issued_on\nattendance,Attendance and Punctuality Policy,V9,2026-11-20\n",
  );
  portal.command("import", "--strict", folder);
  await checkNow(page);
  await expect(policy).toContainText(/You read version .* on .*\. This one is newer\./);
  await expect(policy.getByRole("button", { name: "I have read it" })).toBeVisible();
});
