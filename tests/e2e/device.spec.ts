import { at, go, heading, open, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { answerNo, question, saveAndContinue } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";

test("colours and text size are the learner's choice, and stay", async ({ page }) => {
  await open(page, at.device);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  const [light, normal] = [await background(), await size()];
  await question(page, "Colours").getByRole("radio", { name: "Dark" }).check();
  await question(page, "Text size").getByRole("radio", { name: "Largest" }).check();
  await expect.poll(background).not.toBe(light);
  await expect.poll(size).toBeGreaterThanOrEqual(normal * 2);
  await page.reload();
  await expect(question(page, "Colours").getByRole("radio", { name: "Dark" })).toBeChecked();
  expect(await background()).not.toBe(light);
  expect(await size()).toBeGreaterThanOrEqual(normal * 2);
});

test("the page says who is signed in, and what kind of device this is", async ({ page }) => {
  await signIn(page, "L1001", "own");
  await go(page, at.device);
  await expect(page.getByText("Signed in as Amina Yusuf (L1001).")).toBeVisible();
  await expect(page.getByText("This is your own device.")).toBeVisible();
});

test("a learner locks their own device, and what they wrote is there when they are back", async ({ page, noise }) => {
  noise.allowFailedRequests();
  await signIn(page, "L1001", "own");
  await go(page, at.declare(work.extended.id));
  await answerNo(page, "The work");
  await saveAndContinue(page);
  await go(page, at.device);
  await page.getByRole("button", { name: "Lock now" }).click();
  await expect(heading(page, "The portal is locked")).toBeFocused();
  await expect(
    page.getByText("A declaration or request that you had begun is kept, locked, on this device: sign in to go on."),
  ).toBeVisible();
  expect(await page.content()).not.toContain("Amina Yusuf");
  await signIn(page, "L1001", "own");
  await go(page, at.today);
  await expect(page.getByRole("link", { name: /^Finish your declaration for/ })).toBeVisible();
});

test("the page says what is kept here, who can read it, and what this browser promises", async ({ page }) => {
  await signIn(page, "L1001", "shared");
  await go(page, at.device);
  const main = page.getByRole("main");
  await expect(main).toContainText(
    "Your deadlines, drafts and receipts are locked with your own key. On this shared computer",
  );
  await expect(main).toContainText("Everything that was signed on this device is sent.");
  await expect(main).toContainText("What says “saved” is saved.");
  await expect(main).toContainText("One of them sends. The others wait.");
});

test.describe("with 'Use less data'", () => {
  test.use({ gated: true });

  test("nothing is asked for that the learner did not ask for", async ({ page, portal }) => {
    await signIn(page);
    await go(page, at.device);
    await page.getByRole("checkbox", { name: "Use less data" }).check();
    const asked = () => portal.gate!.seen.filter(({ path }) => path.includes("/api/")).length;
    let last = -1;
    const quiet = () => last === (last = asked());
    await expect.poll(quiet, { intervals: [700] }).toBe(true);
    const before = asked();
    for (const address of [at.deadlines, at.live, at.receipts]) await go(page, address);
    await expect(heading(page, "My receipts")).toBeVisible();
    expect(asked()).toBe(before);
    await page.getByRole("button", { name: "Check now" }).click();
    await expect.poll(asked).toBeGreaterThan(before);
  });
});
