// A declaration that was signed without a network on a shared computer.
import { at } from "../e2e/fixtures/app.ts";
import { names, work } from "../e2e/fixtures/cohort.ts";
import { expectNoTrace } from "./fixtures/traces.ts";
import { expect, test } from "./fixtures/test.ts";

test("signed offline, signed out: it arrives as its learner's while another is signed in, who sees nothing of it", async ({
  app,
  portal,
}) => {
  await app.open();
  await app.signIn("L1002", "shared");
  await app.kept();
  await portal.stop();
  await app.declare(work.winter.id, "L1002");
  await app.saved();
  await app.signOut();
  await expectNoTrace(app);

  await portal.start();
  await app.open();
  await app.signIn("L1003", "shared");
  const arrived = () => portal.declarations().map((one) => [one.learner, one.assignment]);
  await expect.poll(arrived, { timeout: 60_000 }).toEqual([["L1002", work.winter.id]]);
  expect(portal.sql("SELECT count(*) FROM change")).toEqual([[1]]);
  const signed = JSON.parse(portal.declarations()[0].change).what.declare;
  expect(signed).toMatchObject({ learner: "L1002", signed_name: names.L1002, assignment_title: work.winter.title });
  for (const address of [at.today, at.deadlines, at.work, at.receipts, at.device]) {
    await app.go(address);
    await app.reload();
    await expectNoTrace(app);
  }
  await app.go(at.receipts);
  await app.shows("You have not declared any work yet.");
  await app.signOut();

  await app.signIn("L1002", "shared");
  await app.go(at.receipts);
  await app.shows(portal.declarations()[0].code);
});
