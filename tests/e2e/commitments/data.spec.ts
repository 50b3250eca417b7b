// C5: what is kept of a learner is theirs to have, and they know for how long.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, go, heading, kept, signIn, stored } from "../fixtures/app.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { asksForHelp, expectReceived } from "../fixtures/asking.ts";
import { work } from "../fixtures/cohort.ts";
import { declare, expectReceipt } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

test("C5: a learner takes all that is kept of them, as a page and as a file", async ({ page, portal }) => {
  await signIn(page);
  await declare(page, work.extended.id);
  await expectReceipt(page);
  await asksForHelp(page, "I do not understand ratios.");
  await expectReceived(page, /./);
  await go(page, at.device);
  await page.getByRole("link", { name: "Your data", exact: true }).click();
  await expect(heading(page, "Your data")).toBeFocused();
  await expect(page.getByRole("button", { name: /^Save a page to read \(\d+ kB\)$/ })).toBeVisible();
  await expectAccessible(page, "your data");

  const save = async (name: RegExp) => {
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    const download = await coming;
    await expect(page.getByText(`Saved as ${download.suggestedFilename()}.`)).toBeVisible();
    return readFileSync(await download.path(), "utf8");
  };
  const mine = JSON.parse(await save(/^Save a file for computers/)) as {
    learner: string;
    kept: Record<string, Record<string, unknown>[]>;
  };
  expect(mine.learner).toBe("L1001");
  expect(mine.kept.change.map(({ bytes }) => bytes)).toContain(portal.declarations()[0].change);
  expect(JSON.stringify(mine.kept.record)).toContain("I do not understand ratios.");
  const text = await save(/^Save a page to read/);
  expect(text).toContain("<h2>Your declarations</h2>");
  for (const other of ["L1002", "Jack Taylor", "L1003"]) expect(text).not.toContain(other);
  expect(await stored(page)).not.toContain("me/data");
});

test("C5: a learner sees until when each course is kept", async ({ page, portal }, testInfo) => {
  const folder = testInfo.outputPath("cohort");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "certifications.csv"), "learner,course,certified_on\nL1001,WELD2,2026-11-20\n");
  portal.command("import", "--strict", folder);
  portal.command("retention", "set", "--awarding-body", "Example Awards", "--years", "3");
  portal.command("retention", "set", "--awarding-body", "Example Skills Board", "--years", "1");
  await signIn(page);
  await go(page, at.my("data"));
  const row = (term: string) => page.locator(".rows__row").filter({ hasText: term });
  await expect(row("Welding Level 2")).toContainText("We keep it until 20 November 2029.");
  await expect(row("Functional Skills Maths")).toContainText(
    "Example Skills Board wants us to keep it for 1 year after you get your certificate.",
  );
  await expect(row("Digital Skills")).toContainText("We have not set yet how long we keep it.");
  expect(portal.command("retention", "--on", "2029-11-21")).toMatch(/^due +L1001 +WELD2 +certified 2026-11-20/m);
  expect(portal.command("retention", "--on", "2029-11-20")).not.toMatch(/^due/m);
});

test("C5: without a network the page says so, and on a shared computer it warns", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  await signIn(page, "L1001", "shared");
  await kept(page);
  await portal.stop();
  await go(page, at.my("data"));
  await expect(page.getByRole("main")).toContainText("This is a shared computer.");
  await expect(page.getByRole("main")).toContainText("You need a connection to get your data.");
  await expectAccessible(page, "your data without a network");
  await portal.start();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: /^Save a page/ })).toBeVisible();
});
