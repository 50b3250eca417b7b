// A browser that ends without a word, as in a power cut: what it said was saved is there.
import type { Page } from "@playwright/test";
import { at, go, heading, kept, open, signIn } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import { answerAll, expectReceipt, sign } from "../fixtures/declaration.ts";
import { Profile } from "../fixtures/profile.ts";
import { expect, test } from "../fixtures/test.ts";

const KILLS = Number(process.env.KILLS ?? 3);

/** Ends the browser in the moment in which the page says this. */
async function killWhenItSays(page: Page, profile: Profile, words: string): Promise<() => Promise<void>> {
  let said = () => {};
  const saying = new Promise<void>((done) => (said = done));
  const killed = saying.then(() => profile.kill());
  await page.exposeFunction("itSaysSo", () => said());
  await page.evaluate((words) => {
    const look = () => {
      if (!document.body.innerText.includes(words)) return;
      watcher.disconnect();
      (window as unknown as { itSaysSo: () => void }).itSaysSo();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, words);
  return () => killed;
}

test(`a browser killed in the moment it says 'Saved': the declaration is there at reopening, and arrives once (${KILLS} times)`, async ({
  portal,
}) => {
  test.setTimeout(60_000 + KILLS * 30_000);
  const profile = new Profile();
  try {
    await signIn((await profile.open(portal.url)).pages()[0], "L1001", "own");
    await profile.close();
    for (let round = 1; round <= KILLS; round++) {
      const page = (await profile.open(portal.url)).pages()[0];
      await open(page);
      await kept(page);
      await portal.stop();
      await answerAll(page, work.winter.id);
      const killed = await killWhenItSays(page, profile, "Saved on this device, not sent yet");
      await sign(page).catch((fault: Error) => expect(fault.message).toContain("closed"));
      await killed();

      const reopened = (await profile.open(portal.url)).pages()[0];
      await open(reopened, at.receipts);
      const waiting = reopened.getByRole("article").filter({ hasText: "Saved on this device, not sent yet" });
      await expect(waiting, `after kill ${round}`).toHaveCount(1);
      await waiting.getByRole("link").click();
      await portal.start();
      await expectReceipt(reopened, 60_000);
      const attempts = portal.declarations().map((one) => one.attempt);
      expect(attempts, `after kill ${round}`).toEqual(Array.from({ length: round }, (_, n) => n + 1));
      expect(portal.sql("SELECT count(*), count(DISTINCT id) FROM change")).toEqual([[round, round]]);
      await profile.close();
    }
  } finally {
    await profile.remove();
  }
});

test("a browser killed in the middle of a form: what was typed is there at reopening", async ({ portal }) => {
  const profile = new Profile();
  try {
    const page = (await profile.open(portal.url)).pages()[0];
    await signIn(page, "L1001", "own");
    await kept(page);
    await go(page, at.declare(work.group.id));
    await page.getByLabel("What was your own part?").fill("I cut the plates.");
    await expect(page.getByText("Saved on this device. You can stop and come back.")).toBeVisible();
    await profile.kill();
    await portal.stop();
    const reopened = (await profile.open(portal.url)).pages()[0];
    await open(reopened, at.declare(work.group.id));
    await expect(heading(reopened, "The work")).toBeVisible();
    await expect(reopened.getByLabel("What was your own part?")).toHaveValue("I cut the plates.");
  } finally {
    await profile.remove();
  }
});
