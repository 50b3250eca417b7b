// The late part of the program: it comes by itself when the first pages have what they need, and is asked for when it is needed.
import { at, firstPartKept, go, heading, kept, open, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import type { Portal } from "./fixtures/portal.ts";
import { expect, test } from "./fixtures/test.ts";

test.use({ gated: true });

const asked = (portal: Portal) => portal.gate!.seen.filter(({ path }) => /_late-/.test(path)).length;

test("the pages that few open come once, after the deadlines, and open without a network from then on", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await open(page);
  expect(asked(portal)).toBe(0);
  await signIn(page);
  await kept(page);
  expect(asked(portal)).toBe(1);
  await portal.stop();
  await open(page, at.device);
  await expect(heading(page, "This device")).toBeVisible();
});

const thrifty = {
  "'Use less data'": () => localStorage.setItem("portal.less-data", "yes"),
  "a browser that saves data": () =>
    Object.defineProperty(Navigator.prototype, "connection", { get: () => ({ saveData: true }) }),
};
for (const [who, saves] of Object.entries(thrifty)) {
  test(`with ${who} nothing comes unasked, and they only when one of them is opened`, async ({ page, portal }) => {
    await page.addInitScript(saves);
    await signIn(page);
    await firstPartKept(page);
    await go(page, at.deadlines);
    await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
    await page.waitForLoadState("networkidle");
    const needed =
      /^\/((style|boot|learner-portal|learner-portal_bg)-[0-9a-f]{16}\.(css|js|wasm)|config\.json|sw\.js|manifest\.webmanifest|icon\.svg|api\/v1\/(session|sync))?$/;
    expect(portal.gate!.seen.map(({ path }) => path).filter((path) => !needed.test(path))).toEqual([]);
    expect(asked(portal)).toBe(0);
    await go(page, at.receipts);
    await expect(heading(page, "My receipts")).toBeFocused();
    expect(asked(portal)).toBe(1);
    // Once it is kept it costs nothing, and Today says what is new.
    await kept(page);
    await go(page, at.today);
    await page.reload();
    await expect(page.getByRole("heading", { name: "New for you" })).toBeVisible();
    expect(asked(portal)).toBe(1);
  });
}

test("where they do not come the page says so, and a press tries again", async ({ page, noise }) => {
  noise.allowFailedRequests();
  noise.allow(/^TypeError: Failed to fetch/);
  const late = "**/learner-portal_late-*.wasm";
  await page.addInitScript(() => localStorage.setItem("portal.less-data", "yes"));
  await page.route(late, (route) => route.abort());
  await signIn(page);
  await go(page, at.receipts);
  await expect(heading(page, "This page could not be opened")).toBeFocused();
  await page.unroute(late);
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(heading(page, "My receipts")).toBeFocused();
});
