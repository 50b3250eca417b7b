// Without a network: the server is really stopped.
import { at } from "../e2e/fixtures/app.ts";
import { names, work } from "../e2e/fixtures/cohort.ts";
import { expect, test } from "./fixtures/test.ts";

test("the portal opens, a learner signs in, and their deadlines are there", async ({ app }) => {
  await app.open();
  await app.heading("Sign in");
  await app.signIn("L1001", "own");
  await app.go(at.deadlines);
  await app.heading("Deadlines");
  await app.shows(work.extended.title);
  await app.go(at.deadline(work.extended.id));
  await app.heading(work.extended.title);
  await app.shows("Write one page about staying safe when you weld.");
});

test("with the server stopped, a reload shows the deadlines of the last visit", async ({ app, portal }) => {
  await app.open();
  await app.signIn("L1001", "own");
  await app.kept();
  await portal.stop();
  await app.go(at.deadlines);
  await app.reload();
  await app.heading("Deadlines");
  await app.shows(work.extended.title);
  await app.shows("No connection. Last up to date at ");
});

test("a declaration signed without a network is saved, outlives a reload, and arrives once, word for word", async ({
  app,
  portal,
}) => {
  await app.open();
  await app.signIn("L1001", "own");
  await app.kept();
  await portal.stop();
  await app.declare(work.extended.id, "L1001");
  await app.saved();
  await app.shows("1 declaration is saved on this device, not sent yet.");
  await app.reload();
  await app.saved();

  await portal.start();
  const code = await app.receipt();
  const kept = portal.declarations();
  expect(kept.map((one) => [one.learner, one.assignment, one.attempt, one.code])).toEqual([
    ["L1001", work.extended.id, 1, code],
  ]);
  expect(portal.sql("SELECT count(*) FROM change")).toEqual([[1]]);
  const signed = JSON.parse(kept[0].change).what.declare;
  expect(signed.signed_name).toBe(names.L1001);
  expect(signed.wording.statements).toEqual([
    "The work I hand in is my own. I did it myself.",
    "I have named every source that I used.",
    "I have named everyone who helped me, and every AI tool that I used.",
    "I know that a false declaration is malpractice. My provider may have to report it to the awarding body. I may fail.",
    "My provider may keep this declaration as evidence.",
  ]);
  portal.command("verify-log");
});
