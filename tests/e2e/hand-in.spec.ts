// A copy of what is not sent: saved on one device, handed in on another.
import { at, go, heading, kept, open, signIn, signOut } from "./fixtures/app.ts";
import { expectAccessible } from "./fixtures/axe.ts";
import { names, work } from "./fixtures/cohort.ts";
import { declare, expectSaved } from "./fixtures/declaration.ts";
import { expect, test } from "./fixtures/test.ts";
import { readFileSync } from "node:fs";

test("a copy that is saved before signing out is handed in on another device, by nobody, and arrives as its learner's", async ({
  page,
  context,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page, "L1002", "shared");
  await kept(page);
  await context.setOffline(true);
  await declare(page, work.winter.id);
  await expectSaved(page);
  await go(page, at.signOut);
  await expect(page.getByRole("main")).toContainText(
    "1 declaration is not sent yet. It is sealed on this computer and will go when it is online. Take a copy?",
  );
  await expectAccessible(page, "sign out, with a declaration that waits");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a copy of what is not sent" }).click();
  const file = await download;
  await expect(page.getByRole("status").filter({ hasText: "The copy is in your downloads." })).toBeVisible();
  expect(file.suggestedFilename()).toBe("declarations-not-sent.json");
  const copy = await file.path();
  for (const trace of [names.L1002, "L1002", work.winter.title, work.winter.id])
    expect(readFileSync(copy, "utf8")).not.toContain(trace);
  await signOut(page);
  await expect(page.getByRole("banner")).toContainText("1 message on this device is not sent yet.");

  const elsewhere = await context.browser()!.newContext({ baseURL: portal.url });
  const other = await elsewhere.newPage();
  await open(other, at.device);
  await other.getByRole("link", { name: "Hand in a copy from another device" }).click();
  await expect(heading(other, "Hand in a copy")).toBeFocused();
  await other.getByLabel("The file").setInputFiles(copy);
  await other.getByRole("button", { name: "Hand in", exact: true }).click();
  await expect(other.getByRole("heading", { name: "1 of 1 declaration received" })).toBeFocused();
  await expectAccessible(other, "handed in");
  expect(await other.content()).not.toContain(names.L1002);
  expect(portal.declarations().map((one) => one.learner)).toEqual(["L1002"]);
  await elsewhere.close();
});

test("a file that is none is said to be none; no file, too; and without a connection nothing is lost", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await open(page, at.handIn);
  const hand = page.getByRole("button", { name: "Hand in", exact: true });
  await hand.click();
  await expect(page.getByRole("alert")).toContainText("Choose the file");
  const file = (text: string) => ({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByLabel("The file").setInputFiles(file("{}"));
  await hand.click();
  await expect(page.getByRole("alert")).toContainText("This is not a copy of declarations");
  await expectAccessible(page, "hand in, with an error");
  const envelope = { id: crypto.randomUUID(), key: "k", enc: "BA", sealed: "AA" };
  await page
    .getByLabel("The file")
    .setInputFiles(file(JSON.stringify({ format: "portal-unsent-1", envelopes: [envelope] })));
  await portal.stop();
  await hand.click();
  await expect(page.getByRole("main")).toContainText("Not received yet. Check your connection");
  await portal.start();
  await hand.click();
  await expect(page.getByRole("main")).toContainText("Not taken:");
  await expectAccessible(page, "hand in, refused");
});
