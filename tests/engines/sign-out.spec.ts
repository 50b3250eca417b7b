// Shared computers: nothing of a learner that can be read stays behind.
import { at } from "../e2e/fixtures/app.ts";
import { names, work } from "../e2e/fixtures/cohort.ts";
import { expectNoTrace, kept } from "./fixtures/traces.ts";
import { expect, test } from "./fixtures/test.ts";

test("the traces that are looked for here can be found where there are some", async ({ app }) => {
  await app.open();
  await app.signIn("L1002", "shared");
  await app.go(at.deadlines);
  await app.shows(work.extended.title);
  await app.browser.run(
    (name: string, title: string) =>
      new Promise<void>((done, failed) => {
        localStorage.setItem("probe", name);
        const opening = indexedDB.open("probe", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("probe").put({ title }, "probe");
        opening.onsuccess = () => done(opening.result.close());
        opening.onerror = () => failed(opening.error);
      }),
    names.L1002,
    work.winter.title,
  );
  const page = await app.browser.run(() => document.documentElement.outerHTML);
  expect(page).toContain(work.extended.title);
  const found = await kept(app);
  for (const trace of [names.L1002, work.winter.title]) expect(found).toContain(trace);
});

test("signing out leaves nothing to read: on the page, in its title, in any storage, after a reload", async ({
  app,
}) => {
  await app.open();
  await app.signIn("L1002", "shared");
  await app.kept();
  await app.declare(work.winter.id, "L1002");
  await app.receipt();
  await app.go(at.deadline(work.extended.id));
  await app.heading(work.extended.title);
  await app.signOut();
  await expectNoTrace(app);
  await app.reload();
  await app.heading("Sign in");
  await expectNoTrace(app);
});

test("Back after signing out shows nothing", async ({ app }) => {
  await app.open();
  await app.signIn("L1002", "shared");
  for (const address of [at.deadlines, at.deadline(work.extended.id), at.receipts]) await app.go(address);
  await app.heading("My receipts");
  await app.signOut();
  for (const _ of [1, 2, 3]) {
    await app.browser.back();
    await app.shows("Learner reference");
    await expectNoTrace(app);
  }
});

test("Back to a page that was left before signing out in another tab shows nothing", async ({ app }) => {
  await app.open();
  await app.signIn("L1002", "shared");
  await app.go(at.deadlines);
  await app.shows(work.extended.title);
  const { browser } = app;
  const first = await browser.tab();
  const second = await browser.newTab();
  await app.open();
  await browser.goTo(first);
  await browser.visit(`${app.origin}/api/docs`);
  await browser.goTo(second);
  await app.signOut();
  await browser.goTo(first);
  await browser.back();
  await app.shows("Learner reference");
  await expectNoTrace(app);
});

test("signing out with the server stopped wipes the device at once; the session ends when the server is back", async ({
  app,
  portal,
}) => {
  await app.open();
  await app.signIn("L1002", "shared");
  await app.kept();
  await app.go(at.deadlines);
  await app.shows(work.extended.title);
  const [cookie] = await app.browser.cookies();
  expect(cookie.httpOnly).toBe(true);
  await portal.stop();
  await app.signOut();
  await expectNoTrace(app);
  await app.browser.back();
  await app.shows("Learner reference");
  await expectNoTrace(app);
  await app.reload();
  await app.heading("Sign in");
  await expectNoTrace(app);

  await portal.start();
  await app.open();
  const session = () =>
    fetch(`${portal.url}/api/v1/session`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
  await expect.poll(async () => (await session()).status, { timeout: 30_000 }).toBe(401);
  await app.reload();
  await expectNoTrace(app);
  expect(await kept(app)).not.toContain("L1002");
});
