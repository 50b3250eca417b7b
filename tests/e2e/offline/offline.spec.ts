// Without a network: the server is really stopped.
import { arrived, at, go, heading, kept, open, signIn, upToDate } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import {
  answerNo,
  declare,
  expectReceipt,
  expectSaved,
  lastStep,
  question,
  saveAndContinue,
  steps,
} from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

test.beforeEach(async ({ page, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
});

test("the app opens with the deadlines of the last visit, and says that there is no connection", async ({
  page,
  context,
  portal,
}) => {
  await portal.stop();
  await page.close();
  const reopened = await context.newPage();
  await open(reopened, at.deadlines);
  await expect(reopened.getByRole("link", { name: work.extended.title })).toBeVisible();
  await expect(reopened.getByText(/^No connection\. Last up to date at /)).toBeVisible();
  await go(reopened, at.deadline(work.extended.id));
  await expect(reopened.getByText("Write one page about staying safe when you weld.")).toBeVisible();
  await go(reopened, at.live);
  await expect(reopened.getByRole("link", { name: /^Join / }).first()).toBeVisible();
});

test("a declaration is saved on the device, and goes by itself when the service is back: once", async ({
  page,
  portal,
}) => {
  await portal.stop();
  await declare(page, work.extended.id);
  await expectSaved(page);
  await expect(page.getByText("1 declaration is saved on this device, not sent yet.")).toBeVisible();
  await page.reload();
  await arrived(page);
  await expectSaved(page);
  await go(page, at.receipts);
  await expect(page.getByRole("article")).toContainText("Saved on this device, not sent yet");
  await page.goBack();
  await expectSaved(page);

  await portal.start();
  const code = await expectReceipt(page, 60_000);
  await expect(page.getByText("1 declaration is saved on this device, not sent yet.")).toBeHidden();
  expect(portal.declarations().map((one) => [one.learner, one.assignment, one.code])).toEqual([
    ["L1001", work.extended.id, code],
  ]);
});

test("what is not sent can be saved as a file", async ({ page, portal }) => {
  await portal.stop();
  await declare(page, work.extended.id);
  await expectSaved(page);
  await go(page, at.receipts);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save a copy of what is not sent" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("declarations-not-sent.json");
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const file = JSON.parse(String(Buffer.concat(chunks)));
  expect(file).toMatchObject({
    format: "portal-unsent-1",
    envelopes: [{ id: expect.any(String), sealed: expect.any(String) }],
  });
  expect(JSON.stringify(file)).not.toContain(work.extended.title);
});

test("several declarations wait in their order, and all arrive", async ({ page, portal }) => {
  test.slow();
  await portal.stop();
  for (const id of [work.extended.id, work.winter.id, work.thisWeek.id]) {
    await declare(page, id);
    await expectSaved(page);
  }
  await expect(page.getByText("3 declarations are saved on this device, not sent yet.")).toBeVisible();
  await portal.start();
  await expectReceipt(page, 60_000);
  const sent = portal.declarations().map((one) => one.assignment);
  expect(sent.sort()).toEqual([work.extended.id, work.winter.id, work.thisWeek.id].sort());
});

test("a draft survives a reload on every page", async ({ page, portal }) => {
  test.slow();
  await portal.stop();
  await go(page, at.declare(work.winter.id));
  for (const step of steps) {
    await answerNo(page, step);
    await expect(page.getByText("Saved on this device. You can stop and come back.")).toBeVisible();
    await page.reload();
    await expect(heading(page, step)).toBeVisible();
    const answer =
      step === "The rules"
        ? page.getByRole("checkbox", { name: "I have read the rules" })
        : page.getByRole("radio", { name: /^No\b/ });
    await expect(answer).toBeChecked();
    await saveAndContinue(page);
  }
  await expect(heading(page, lastStep)).toBeVisible();
  await page.getByLabel("Type your full name").fill("Amina Y");
  await expect(page.getByText("Saved on this device. You can stop and come back.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Type your full name")).toHaveValue("Amina Y");
});

test("what was typed into a draft is there after the browser's tab was closed", async ({ page, context }) => {
  await go(page, at.declare(work.winter.id, "help"));
  await page.getByRole("radio", { name: "Yes, somebody helped me" }).check();
  await question(page, "Helper 1").getByLabel("What did they do?").fill("Checked my spelling");
  await expect(page.getByText("Saved on this device. You can stop and come back.")).toBeVisible();
  await page.close();
  const reopened = await context.newPage();
  await open(reopened, at.declare(work.winter.id, "help"));
  await expect(question(reopened, "Helper 1").getByLabel("What did they do?")).toHaveValue("Checked my spelling");
});

test("a declaration that was saved is there after the tab was closed", async ({ page, context, portal }) => {
  await portal.stop();
  await declare(page, work.winter.id);
  await expectSaved(page);
  await page.close();
  await portal.start();
  const reopened = await context.newPage();
  await open(reopened, at.receipts);
  await expect(reopened.getByRole("article")).toContainText("Received", { timeout: 60_000 });
  expect(portal.declarations()).toHaveLength(1);
});

test("what the server has acknowledged outlives a server that is killed", async ({ page, portal }) => {
  await declare(page, work.winter.id);
  const code = await expectReceipt(page);
  await portal.kill();
  await portal.start();
  expect(portal.declarations().map((one) => one.code)).toEqual([code]);
  portal.command("verify-log");
  await page.reload();
  await upToDate(page);
  expect(await expectReceipt(page)).toBe(code);
});
