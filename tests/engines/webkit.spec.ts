// WebKit cannot be asked to keep things for good.
import { at } from "../e2e/fixtures/app.ts";
import { expect, test } from "./fixtures/test.ts";

test("'This device' says that the browser may clear what is saved, and to send soon", async ({ app }) => {
  await app.open();
  expect(await app.browser.run(() => typeof navigator.storage?.persist)).toBe("undefined");
  await app.signIn("L1001", "own");
  await app.go(at.device);
  await app.shows("It may clear what you saved here. Send declarations within 3 days.");
});
