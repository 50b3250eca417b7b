// C4, C5 and C20: whoever passes did the work, and what says so cannot be altered unnoticed.
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { at, go, kept, open, signIn, upToDate } from "../fixtures/app.ts";
import { checkNow } from "../fixtures/asking.ts";
import { work } from "../fixtures/cohort.ts";
import { answerAll, declare, expectReceipt, expectSaved, sign } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

test("C4 and C20: work is declared without a network, arrives once, the assessor countersigns it, and its learner sees so", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const assessor = portal.staff("assessor", "Morag Sinclair");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await answerAll(page, work.nextWeek.id);
  await expect(page.getByRole("main")).toContainText("The work I hand in is my own. I did it myself.");
  await sign(page);
  await expectSaved(page);

  await portal.start();
  await checkNow(page);
  const code = await expectReceipt(page, 60_000);
  const declared = portal.declarations();
  expect(declared.map((one) => [one.code, one.learner, one.assignment, one.attempt])).toEqual([
    [code, "L1001", work.nextWeek.id, 1],
  ]);
  await assessor.countersign(code, ["To the best of my knowledge the work is the learner's own."]);
  await checkNow(page);
  await expect(page.getByRole("main")).toContainText("Your assessor signed");
  await expect(page.getByRole("main")).toContainText("by Morag Sinclair");
  await go(page, at.receipts);
  await expect(page.getByRole("article").filter({ hasText: work.nextWeek.title })).toContainText("Countersigned");
});

test("C5: what is kept can be shown unaltered, and an edit behind the server's back is found", async ({
  page,
  portal,
}) => {
  await signIn(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  portal.command("verify-log");
  for (const [name] of portal.sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'declaration'"))
    portal.sql(`DROP TRIGGER "${String(name)}"`);
  portal.sql("UPDATE declaration SET learner = 'L1002'");
  expect(() => portal.command("verify-log")).toThrow();
});

test("C5: what is kept goes when its years are over, from the learner's own device too, and all else stays", async ({
  browser,
  page,
  portal,
}, testInfo) => {
  const elsewhere = await browser.newContext({ baseURL: portal.url, locale: "en-GB", timezoneId: "Europe/London" });
  const old = await elsewhere.newPage();
  await open(old);
  await signIn(old);
  await declare(old, work.extended.id);
  const code = await expectReceipt(old);
  await elsewhere.close();
  await signIn(page);
  await go(page, at.receipts);
  await expect(page.getByRole("article").filter({ hasText: work.extended.title })).toContainText(code);

  const folder = testInfo.outputPath("cohort");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "certifications.csv"), "learner,course,certified_on\nL1001,WELD2,2021-11-20\n");
  portal.command("import", "--strict", folder);
  portal.command("retention", "set", "--awarding-body", "Example Awards", "--years", "3");
  const list = testInfo.outputPath("due.csv");
  portal.command("retention", "--out", list);
  expect(portal.command("retention", "erase", "--list", list)).toContain("Certificates: 1 erased");

  await checkNow(page);
  await upToDate(page);
  await expect(page.getByRole("main").getByText(work.extended.title)).toHaveCount(0);
  await go(page, at.deadlines);
  await expect(page.getByRole("link", { name: work.allDay.title })).toBeVisible();
  await expect(page.getByRole("link", { name: work.nextWeek.title })).toHaveCount(0);
  await go(page, at.my("data"));
  await expect(page.locator(".rows__row").filter({ hasText: "Functional Skills Maths" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("Welding Level 2");
  expect(portal.declarations()).toEqual([]);
  expect(portal.command("verify-log")).toMatch(/, 1 of them erased/);
});
