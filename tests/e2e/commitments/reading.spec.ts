// C17 and C23: the safety guidance is read, what changed in it is told, and the provider knows who has read what.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, go, heading, kept, sectionOf, signIn } from "../fixtures/app.ts";
import { checkNow, expectReceived, send } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/test.ts";

test("C17: guidance is read without a network, and a new version says what changed and asks again", async ({
  page,
  portal,
  noise,
}, testInfo) => {
  noise.allowFailedRequests();
  const lead = portal.staff("safeguarding-lead", "Grace Adeyemi");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.course);
  await page.getByRole("link", { name: "Safety pages to read" }).click();
  await expect(heading(page, "Safety pages to read")).toBeFocused();
  await expect(page).toHaveTitle("Safety pages to read - Learner portal");
  const card = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { level: 3, name: "Passwords", exact: true }) });
  await expect(card).toContainText("A password keeps other people out of your things.");
  await card.getByRole("button", { name: "I have read it" }).focus();
  await page.keyboard.press("Enter");
  await expect(card.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();

  await portal.start();
  await checkNow(page);
  const done = sectionOf(page, "You have read these");
  await expect(done).toContainText(/You said on .* that you have read this version\./, { timeout: 60_000 });
  await expect(done).not.toContainText("A password keeps other people out of your things.");
  expect(portal.sql("SELECT learner, kind, subject FROM act")).toEqual([["L1001", "read", "guidance/passwords"]]);

  const folder = testInfo.outputPath("cohort");
  mkdirSync(join(folder, "guidance"), { recursive: true });
  writeFileSync(
    join(folder, "guidance", "passwords.md"),
    "---\ntitle: Passwords\nversion: 2.0\nreviewed_on: 2026-11-20\nchanges: Use a password manager.\norder: 1\n---\n\nUse one that is long.\n",
  );
  portal.command("import", "--strict", folder);
  await checkNow(page);
  await expect(sectionOf(page, "To read").filter({ has: card })).toContainText("Use a password manager.");
  await expect(card).toContainText(/You read version 1\.0 on .*\. This one is newer\./);
  await expect(card).toContainText("Use one that is long.");
  await expectAccessible(page, "safety pages to read");

  await card.getByRole("link", { name: "Report something wrong: Passwords" }).click();
  await page.getByLabel("What is wrong with it?").fill("It is too short.");
  const id = await send(page);
  await expectReceived(page, "Something wrong in material: Passwords");
  expect((await lead.read(id)).request.about).toEqual({ material: "Passwords" });

  const table = await lead.table("acknowledgements");
  expect(table).toMatch(/^L1001,Amina Yusuf,guidance,passwords,Passwords,1\.0,earlier,\d.*$/m);
  expect(table).toMatch(/^L1001,Amina Yusuf,guidance,passwords,Passwords,2\.0,not-read,,$/m);
  expect(table).toMatch(/^L1002,Jack Taylor,policy,attendance,.*,not-read,,$/m);
  portal.command("verify-log");
});

test("C17: who has read all the pages is told so, and finds them again on the page on staying safe", async ({
  page,
}) => {
  await signIn(page);
  await go(page, at.reading);
  const buttons = page.getByRole("button", { name: "I have read it" });
  await expect(buttons).toHaveCount(5);
  for (let left = await buttons.count(); left > 0; left--) {
    await buttons.first().click();
    await expect(buttons).toHaveCount(left - 1);
  }
  await expect(page.getByText("You have read all of them.")).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page, "all safety pages read");
  await page.getByRole("link", { name: "Go to Staying safe online" }).click();
  await expect(heading(page, "Staying safe online")).toBeFocused();
  await page.getByRole("link", { name: "Say which of these you have read" }).click();
  await expect(heading(page, "Safety pages to read")).toBeFocused();
});
