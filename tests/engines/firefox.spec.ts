// Firefox asks its user whether the portal may keep things for good.
import { at } from "../e2e/fixtures/app.ts";
import { work } from "../e2e/fixtures/cohort.ts";
import { test } from "./fixtures/test.ts";

test("a question that nobody answers keeps nobody waiting, and 'This device' says that nothing is promised", async ({
  app,
}) => {
  await app.open();
  await app.signIn("L1001", "own");
  await app.declare(work.winter.id, "L1001");
  await app.receipt();
  await app.go(at.device);
  await app.shows("It may clear what you saved here. Send declarations within 3 days.");
});

test.describe("when it is allowed", () => {
  test.use({ settings: { allowsKeeping: true } });

  test("'This device' says that the browser has promised to keep what is saved", async ({ app }) => {
    await app.open();
    await app.signIn("L1001", "own");
    await app.declare(work.winter.id, "L1001"); // then it is asked
    await app.receipt();
    await app.go(at.device);
    await app.shows("It keeps what you saved here.");
  });
});
