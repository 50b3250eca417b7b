// The service worker: the shell comes once, and a new version waits until the learner lets it in.
import type { Locator, Page } from "@playwright/test";
import { arrived, at, go, heading, kept, open, signIn, upToDate } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import { question } from "../fixtures/declaration.ts";
import { Portal } from "../fixtures/portal.ts";
import { AppCopy } from "../fixtures/static.ts";
import { digest } from "../fixtures/release.ts";
import { expect, test as base } from "../fixtures/test.ts";

const test = base.extend<{ app: AppCopy }>({
  app: async ({}, use) => {
    const app = new AppCopy();
    await use(app);
    app.remove();
  },
  portal: async ({ prepared, app }, use) => {
    const portal = await Portal.start(prepared, { gated: true, dist: app.folder });
    await use(portal);
    await portal.remove();
  },
});

/** Makes a next version of the app: another page, and where it is not sound a style sheet that is not what its name says. */
function release(app: AppCopy, sound = true): void {
  const [worker, page] = [app.read("sw.js"), app.read("index.html")];
  const [style, name] = /style-([0-9a-f]{16})\.css/.exec(page)!;
  const named = (text: string) => (sound ? text : text.replaceAll(name, "0".repeat(16)));
  const next = named(page.replace("</head>", '<meta name="edition" content="second" /></head>'));
  expect(worker).toContain(digest(page));
  const nextWorker = named(worker)
    .replace(digest(page), digest(next))
    .replace(/portal-shell-[0-9a-f]{16}/, "portal-shell-second");
  expect(nextWorker).toContain("portal-shell-second");
  expect(nextWorker.includes(style)).toBe(sound);
  if (!sound) app.write(named(style), app.read(style));
  app.write("index.html", next);
  app.write("sw.js", nextWorker);
}

/** Opens the app a second time, under its worker, and begins a declaration: the box with the helper's name. */
async function beginsDraft(page: Page): Promise<Locator> {
  await signIn(page);
  await kept(page);
  await page.reload();
  await arrived(page);
  await go(page, at.declare(work.winter.id, "help"));
  await page.getByRole("radio", { name: "Yes, somebody helped me" }).check();
  const who = question(page, "Helper 1").getByLabel("Who helped you?");
  await who.fill("My brother");
  return who;
}

test("a second visit fetches nothing of the shell, and costs a few hundred bytes", async ({ page, portal }) => {
  await signIn(page);
  await kept(page);
  await page.reload();
  await upToDate(page);
  const { seen } = portal.gate!;
  seen.length = 0;
  await page.close();
  const again = await page.context().newPage();
  await open(again, at.deadlines);
  await upToDate(again);
  await again.waitForLoadState("networkidle");
  const shell = seen.filter(({ path }) => !path.startsWith("/api/") && path !== "/sw.js" && path !== "/config.json");
  expect(shell).toEqual([]);
  const bytes = seen.reduce((sum, one) => sum + one.wire, 0);
  console.log(`second visit: ${bytes} bytes: ${seen.map(({ path, wire }) => `${path} ${wire}`).join(", ")}`);
  expect(bytes).toBeLessThan(4_000);
});

test("a new version asks, takes nothing over by itself, and loses no draft", async ({ page, app }) => {
  const who = await beginsDraft(page);
  await page.evaluate(() => document.documentElement.setAttribute("data-before", "yes"));

  release(app);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(page.getByRole("heading", { name: "A new version is ready" })).toBeVisible();
  await expect(page.getByText("Your unfinished declaration is saved.")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-before", "yes");
  await expect(who).toHaveValue("My brother");
  await expect(page.locator("meta[name=edition]")).toHaveCount(0);

  await page.getByRole("button", { name: "Update now" }).click();
  await expect(page.locator("meta[name=edition]")).toHaveCount(1);
  await expect(page.locator("html")).not.toHaveAttribute("data-before", "yes");
  await expect(heading(page, "Who helped you")).toBeVisible();
  await expect(who).toHaveValue("My brother");
  await expect(page.getByRole("heading", { name: "A new version is ready" })).toBeHidden();
});

test("an older version that is put back asks as a new one does, and a draft goes on in it, offline too", async ({
  page,
  app,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const before = ["index.html", "sw.js"].map((name) => [name, app.read(name)]);
  const who = await beginsDraft(page);
  const update = async (editions: number) => {
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByRole("button", { name: "Update now" }).click();
    await expect(page.locator("meta[name=edition]")).toHaveCount(editions);
    await expect(who).toHaveValue("My brother");
  };
  release(app);
  await update(1);
  for (const [name, text] of before) app.write(name, text);
  await update(0);
  // The late part of the program was kept in both.
  await portal.stop();
  await page.reload();
  await expect(who).toHaveValue("My brother");
});

test("a new version that does not come whole is never used: the version that is here goes on", async ({
  page,
  app,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await page.reload();
  await arrived(page);
  release(app, false);
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise<ServiceWorker>((done) =>
      registration?.addEventListener("updatefound", () => done(registration.installing!)),
    );
    await registration?.update();
    const worker = await found;
    while (worker.state === "installing") await new Promise((done) => worker.addEventListener("statechange", done));
    return worker.state;
  });
  expect(state).toBe("redundant");
  await expect(page.getByRole("heading", { name: "A new version is ready" })).toBeHidden();
  await portal.stop();
  await open(page, at.deadlines);
  await expect(page.getByRole("link", { name: work.extended.title })).toBeVisible();
  await expect(page.locator("meta[name=edition]")).toHaveCount(0);
});
