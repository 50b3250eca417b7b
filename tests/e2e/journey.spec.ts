import { createHash } from "node:crypto";
import {
  answerNo,
  declare,
  expectReceipt,
  lastStep,
  question,
  saveAndContinue,
  sign,
  steps,
} from "./fixtures/declaration.ts";
import { at, go, heading, open, signIn } from "./fixtures/app.ts";
import { names, work } from "./fixtures/cohort.ts";
import { expect, test } from "./fixtures/test.ts";

const file = { name: "report.txt", text: "Wear your mask. Look behind you.\n" };
const sha256 = createHash("sha256").update(file.text).digest("hex");

test("a learner signs in, declares their work, and has a receipt that anyone can check", async ({
  page,
  portal,
  request,
}) => {
  const { id, title } = work.extended;
  await open(page);
  await signIn(page);
  await expect(heading(page, "Today")).toBeVisible();
  await expect(page.getByText(`Hello ${names.L1001}`)).toBeVisible();
  await go(page, at.deadlines);
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("link", { name: "Declare this work is yours" }).click();

  await expect(page.getByText("This is attempt 1.")).toBeVisible();
  await answerNo(page, "The work");
  await saveAndContinue(page);

  await expect(heading(page, "The rules")).toBeVisible();
  const rules = await page.getByRole("main").getByRole("listitem").allTextContents();
  expect(rules.join(" ")).toContain("AI may help you plan");
  await answerNo(page, "The rules");
  await saveAndContinue(page);

  await question(page, "Did anyone help you with this work?").getByRole("radio", { name: /^Yes/ }).check();
  const helper = question(page, "Helper 1");
  await helper.getByLabel("Who helped you?").fill("My sister");
  await helper.getByLabel("What did they do?").fill("She read it to me.");
  await saveAndContinue(page);

  await question(page, "Did you use any sources?").getByRole("radio", { name: /^Yes/ }).check();
  await page.getByRole("button", { name: "Add a book or paper" }).click();
  await question(page, "Source 1").getByLabel("Author").fill("HSE");
  await question(page, "Source 1").getByLabel("Year").fill("2019");
  await question(page, "Source 1").getByLabel("Page").fill("12");
  await page.getByRole("button", { name: "Add a website" }).click();
  await question(page, "Source 2").getByLabel("Web address").fill("https://www.hse.gov.uk/welding");
  await question(page, "Source 2").getByLabel("Date you looked at it").fill("today");
  await saveAndContinue(page);

  await question(page, "This task allows AI to plan. Did you use any?").getByRole("radio", { name: /^Yes/ }).check();
  const ai = question(page, "AI use 1");
  await ai.getByLabel("Which tool?").fill("A chat bot");
  await ai.getByLabel("Which version, or when?").fill("last week");
  await ai.getByLabel("What did you use it for?").fill("A list of headings");
  await ai.getByLabel("Where in your work?").fill("The plan");
  await saveAndContinue(page);

  await question(page, "Does your work have files?").getByRole("radio", { name: "Yes" }).check();
  await page
    .getByLabel("Choose your files")
    .setInputFiles({ name: file.name, mimeType: "text/plain", buffer: Buffer.from(file.text) });
  await expect(page.getByText(sha256)).toBeVisible();
  await saveAndContinue(page);

  await expect(heading(page, lastStep)).toBeVisible();
  for (const answer of ["My sister", "HSE", "https://www.hse.gov.uk/welding", "A chat bot", file.name])
    await expect(page.getByRole("main")).toContainText(answer);
  const statements = await page
    .getByRole("heading", { name: "What you sign" })
    .locator("xpath=following-sibling::ul[1]")
    .getByRole("listitem")
    .allTextContents();
  expect(statements.length).toBeGreaterThanOrEqual(4);
  await sign(page, "Amina Yusuf");
  const code = await expectReceipt(page);

  const kept = portal.declarations();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ learner: "L1001", assignment: id, attempt: 1, code, late: false });
  expect(createHash("sha256").update(kept[0].change).digest("hex")).toBe(kept[0].sha256);
  const signed = JSON.parse(kept[0].change).what.declare;
  expect(signed).toMatchObject({
    learner: "L1001",
    assignment: id,
    assignment_title: title,
    attempt: 1,
    course: "WELD2",
    awarding_body: "Example Awards",
    signed_name: "Amina Yusuf",
    rules: { ai_level: "plan", text: rules },
    wording: { language: "en-GB", statements },
    help: { some: [{ who: "My sister", how: "She read it to me." }] },
    sources: {
      some: [
        { print: { author: "HSE", year: "2019", page: "12" } },
        { web: { address: "https://www.hse.gov.uk/welding", seen_on: "today" } },
      ],
    },
    ai: { some: [{ tool: "A chat bot", version: "last week", purpose: "A list of headings", place: "The plan" }] },
    files: [{ name: file.name, size: Buffer.byteLength(file.text), sha256 }],
  });
  expect(signed.wording.version).not.toBe("");
  expect(signed.due.slice(0, 10)).toBe(work.extended.day);
  expect(signed.extended_to.slice(0, 10)).toBe(work.extended.extendedTo);

  await page.getByRole("main").getByRole("link", { name: "My receipts" }).click();
  await expect(heading(page, "My receipts")).toBeVisible();
  const entry = page.getByRole("article").filter({ hasText: title });
  await expect(entry).toContainText("Received");
  await expect(entry).toContainText(code);

  const check = await request.get(`/api/v1/receipts/${code.toLowerCase().replaceAll("-", " ")}`);
  expect(check.status()).toBe(200);
  const answer = await check.json();
  expect(answer).toMatchObject({ code, assignment_title: title, sha256: kept[0].sha256 });
  expect(JSON.stringify(answer)).not.toContain("Amina");
});

test("work done in a group is signed by each member for their own part", async ({ page, portal }) => {
  await signIn(page);
  await go(page, at.declare(work.group.id));
  await saveAndContinue(page);
  await expect(page.getByRole("alert")).toContainText("Say what your own part was");
  for (const step of steps) {
    await answerNo(page, step, "I cut the plates.");
    await saveAndContinue(page);
  }
  await sign(page);
  await expectReceipt(page);
  expect(JSON.parse(portal.declarations()[0].change).what.declare.own_part).toBe("I cut the plates.");
});

test("late work is not blocked: it is taken, and marked as late", async ({ page, portal }) => {
  await signIn(page);
  await go(page, at.declare(work.late.id, "sign"));
  await expect(page.getByText("The deadline is over. You can still sign.")).toBeVisible();
  await declare(page, work.late.id);
  await expectReceipt(page);
  await expect(page.getByText("It came after the deadline. Your tutor decides what that means.")).toBeVisible();
  expect(portal.declarations()[0].late).toBe(true);
});

test("a change of mind is a new attempt: the first one stays as it was", async ({ page, portal }) => {
  await signIn(page);
  for (const attempt of [1, 2]) {
    await go(page, at.declare(work.winter.id));
    await expect(page.getByText(`This is attempt ${attempt}.`)).toBeVisible();
    await declare(page, work.winter.id);
    await expectReceipt(page);
  }
  expect(portal.declarations().map((one) => one.attempt)).toEqual([1, 2]);
});

test("nobody signs past a hole: what is missing is named, and leads to where it is asked", async ({ page, portal }) => {
  await signIn(page);
  await go(page, at.declare(work.winter.id, "sign"));
  await page.getByRole("button", { name: "Sign and send" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeFocused();
  await expect(summary).toContainText("Answer “The work” first");
  await expect(summary).toContainText("Tick that you agree to all of this");
  await expect(summary).toContainText("Type your full name");
  expect(portal.declarations()).toEqual([]);
});

test("a device whose clock is three days fast: both clocks are kept, and nothing is late that is not", async ({
  page,
  portal,
}) => {
  const fast = 3 * 86_400_000;
  await page.clock.install({ time: Date.now() + fast });
  await signIn(page);
  await go(page, at.deadlines);
  await expect(page.getByRole("article").filter({ hasText: work.thisWeek.title })).not.toContainText("Late");
  await declare(page, work.thisWeek.id);
  await expectReceipt(page);
  await expect(page.getByText("It came after the deadline.")).toBeHidden();
  const [kept] = portal.declarations();
  const signed = JSON.parse(kept.change).what.declare;
  expect(kept.late).toBe(false);
  expect(Math.abs(Date.parse(kept.received_at) - Date.now())).toBeLessThan(60_000);
  expect(Math.abs(Date.parse(signed.device_time) - Date.now() - fast)).toBeLessThan(60_000);
  expect(Math.abs(signed.clock_offset_ms + fast)).toBeLessThan(60_000);
});
