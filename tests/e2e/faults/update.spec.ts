// A new version of the app on a device that an older one has used.
import { at, go, heading, open, signIn, stored } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import { expect, test } from "../fixtures/test.ts";
import { putBack, waited } from "./released.ts";

test.beforeEach(({ noise }) => noise.allowFailedRequests());

test("what version 0.1.0 queued is sent by this one, byte for byte, once its learner has signed in", async ({
  page,
  portal,
}) => {
  await putBack(page);
  await open(page);
  await signIn(page, "L1001", "own");
  await expect.poll(() => portal.declarations().length, { timeout: 30_000 }).toBe(1);
  const [kept] = portal.declarations();
  expect(kept).toMatchObject({ learner: "L1001", change_id: waited.sent.id });
  expect(kept.change).toBe(waited.sent.change);
  await go(page, at.receipts);
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByRole("article")).toContainText(kept.code);
});

test("what version 0.1.0 had begun is still there to be finished", async ({ page }) => {
  await putBack(page);
  await open(page);
  await signIn(page, "L1001", "own");
  await go(page, at.declare(work.group.id));
  await expect(heading(page, "The work")).toBeVisible();
  await expect(page.getByLabel("What was your own part?")).toHaveValue("I cut the plates.");
});

test("what version 0.1.0 queued waits while another learner is signed in, who sees a count and no name", async ({
  page,
  portal,
}) => {
  await putBack(page);
  await open(page);
  await signIn(page, "L1003", "shared");
  await expect(page.getByText(/^1 message of other learners waits on this device\./)).toBeVisible();
  await go(page, at.receipts);
  await expect(page.getByText("You have not declared any work yet.")).toBeVisible();
  await expect(page.getByText("Amina")).toBeHidden();
  expect(portal.declarations()).toEqual([]);
});

test("after the update nothing of what the older version kept in the open can be read but what waits", async ({
  page,
}) => {
  await putBack(page);
  await open(page);
  await signIn(page, "L1001", "shared");
  await go(page, at.deadlines);
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
  const left = await stored(page); // but the outbox, which goes as soon as it is sent
  for (const text of ["Amina", work.extended.title, "I cut the plates."]) expect(left).not.toContain(text);
});
