// Firefox asks its user whether the portal may keep things for good.
import { at } from "../e2e/fixtures/app.ts";
import { work } from "../e2e/fixtures/cohort.ts";
import { test } from "./fixtures/test.ts";

test("a question that nobody answers keeps nobody waiting, and 'This device' says that nothing is promised", async ({
  app,
}) => {
  await app.open();
  await app.signIn("L1001", "own");
  await app.go(at.device);
  await app.shows("This browser may clear what is saved here when it runs out of room. Send declarations soon.");
  await app.declare(work.winter.id, "L1001");
  await app.receipt();
});

test.describe("when it is allowed", () => {
  test.use({ settings: { allowsKeeping: true } });

  test("'This device' says that the browser has promised to keep what is saved", async ({ app }) => {
    await app.open();
    await app.signIn("L1001", "own");
    await app.go(at.device);
    await app.shows("This browser has promised to keep what you save here.");
  });
});
