import { at, go, heading, open, signIn } from "./fixtures/app.ts";
import { question } from "./fixtures/declaration.ts";
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

test.describe("with 'Use less data'", () => {
  test.use({ gated: true });

  test("nothing is asked for that the learner did not ask for", async ({ page, portal }) => {
    await signIn(page);
    await go(page, at.device);
    await page.getByRole("checkbox", { name: "Use less data" }).check();
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText(/^Up to date at /)).toBeVisible();
    const asked = () => portal.gate!.seen.filter(({ path }) => path.includes("/api/")).length;
    const before = asked();
    for (const address of [at.deadlines, at.live, at.receipts]) await go(page, address);
    await expect(heading(page, "My receipts")).toBeVisible();
    expect(asked()).toBe(before);
    await page.getByRole("button", { name: "Check now" }).click();
    await expect.poll(asked).toBeGreaterThan(before);
  });
});
