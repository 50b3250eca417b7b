// Pictures of every page for the README: `npm run screenshots`. Not a part of the tests. SCREENSHOTS names the folder.
import type { Page } from "@playwright/test";
import { join } from "node:path";
import { at, go, heading, kept, open, signIn, signOut } from "./fixtures/app.ts";
import { asksForHelp, expectReceived } from "./fixtures/asking.ts";
import { work } from "./fixtures/cohort.ts";
import {
  answerNo,
  expectReceipt,
  expectSaved,
  question,
  saveAndContinue,
  sign,
  steps,
  withdraw,
} from "./fixtures/declaration.ts";
import { repository } from "./fixtures/paths.ts";
import { expect, test } from "./fixtures/test.ts";

const folder = process.env.SCREENSHOTS ?? join(repository, "target/screenshots");
const kinds = {
  narrow: { viewport: { width: 360, height: 740 } },
  wide: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 360, height: 740 }, colorScheme: "dark" as const },
  // 400 % of a 1280 by 1024 screen.
  zoomed: { viewport: { width: 320, height: 256 } },
};

for (const [kind, use] of Object.entries(kinds)) {
  test.describe(kind, () => {
    test.use(use);

    test("every page", async ({ page, portal, noise }) => {
      test.setTimeout(180_000);
      noise.allowFailedRequests();
      const picture = pictures(page, kind);
      await open(page);
      await picture("sign-in");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await picture("sign-in-errors");
      await go(page, at.check);
      await picture("check-a-receipt");
      await go(page, at.handIn);
      await picture("hand-in");
      await open(page);
      await signIn(page);
      await kept(page);
      const pages = {
        today: at.today,
        deadlines: at.deadlines,
        deadline: at.deadline(work.extended.id),
        "live-sessions": at.live,
        attendance: at.attendance,
        declare: at.work,
        help: at.help,
        "ask-for-more-time": at.ask("more-time", work.extended.id),
        "report-a-concern": at.ask("tell"),
        "staying-safe": at.safety,
        "this-device": at.device,
      };
      for (const [name, address] of Object.entries(pages)) {
        await go(page, address);
        await picture(name);
      }
      await asksForHelp(page);
      await expectReceived(page, "Help with learning");
      await picture("request");
      await go(page, at.requests);
      await picture("your-requests");
      await go(page, at.declare(work.extended.id));
      for (const step of steps) {
        await expect(heading(page, step)).toBeVisible();
        if (step === "Who helped you") {
          await saveAndContinue(page);
          await picture("declare-errors");
        }
        if (step === "AI tools") await fillAi(page);
        else if (step === "Your files") await fillFiles(page);
        else await answerNo(page, step);
        await picture(`declare-${steps.indexOf(step) + 1}-${step.toLowerCase().replaceAll(" ", "-")}`);
        await saveAndContinue(page);
      }
      await expect(heading(page, "Check and sign")).toBeVisible();
      await picture("declare-7-check-and-sign");
      await portal.stop();
      await sign(page);
      await expectSaved(page);
      await picture("receipt-saved");
      await portal.start();
      await expectReceipt(page, 60_000);
      await picture("receipt");
      await go(page, at.receipts);
      await picture("my-receipts");
      await page.getByRole("article").getByRole("link").first().click();
      await page.getByRole("link", { name: "Withdraw this declaration" }).click();
      await expect(heading(page, "Withdraw your declaration")).toBeVisible();
      await picture("withdraw");
      await page.getByRole("link", { name: "Back" }).click();
      await withdraw(page);
      await expect(page.getByText("We have your withdrawal since")).toBeVisible();
      await picture("receipt-withdrawn");
      await go(page, at.signOut);
      await picture("sign-out");
      await signOut(page);
      await page.clock.install();
      await open(page);
      await signIn(page, "L1001", "shared");
      await page.clock.fastForward("09:05");
      await expect(page.getByRole("alertdialog")).toBeVisible();
      await page.screenshot({ path: join(folder, kind, "idle.png"), animations: "disabled" });
      await page.clock.fastForward("01:05");
      await expect(heading(page, "You have been signed out")).toBeVisible();
      await picture("locked");
    });
  });
}

function pictures(page: Page, kind: string) {
  return async (name: string) => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(folder, kind, `${name}.png`), fullPage: true, animations: "disabled" });
  };
}

async function fillAi(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Yes, I used AI" }).check();
  const ai = question(page, "AI use 1");
  await ai.getByLabel("Which tool?").fill("A chat bot");
  await ai.getByLabel("Which version, or when?").fill("last week");
  await ai.getByLabel("What did you use it for?").fill("A list of headings");
  await ai.getByLabel("Where in your work?").fill("The plan");
}

async function fillFiles(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Yes", exact: true }).check();
  const buffer = Buffer.from("Wear your mask. Look behind you.\n");
  await page.getByLabel("Choose your files").setInputFiles({ name: "report.txt", mimeType: "text/plain", buffer });
  await expect(page.getByText("report.txt added.")).toBeVisible();
}
