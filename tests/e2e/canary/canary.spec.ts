// Shared computers: what is left in the files of the browser's profile, read byte by byte after the browser is closed.
import { randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { heading, kept, open, signOut } from "../fixtures/app.ts";
import { NOT_SENT } from "../fixtures/asking.ts";
import {
  addCanary,
  canaries,
  canary,
  canaryAsks,
  canaryDeclares,
  canaryDrafts,
  canarySignsIn,
} from "../fixtures/canary.ts";
import { expectReceipt, expectSaved } from "../fixtures/declaration.ts";
import type { Portal } from "../fixtures/portal.ts";
import { Profile, type Found } from "../fixtures/profile.ts";
import { expect, test as base } from "../fixtures/test.ts";

type Sitting = { profile: Profile; page: Page; context: BrowserContext };

/** A learner at a shared computer, whose profile can be looked through when they have gone. */
const test = base.extend<{ sitting: Sitting }>({
  sitting: async ({ portal }, use) => {
    addCanary(portal);
    const profile = new Profile();
    const context = await profile.open(portal.url);
    const page = context.pages()[0];
    await page.clock.install();
    await open(page);
    await canarySignsIn(page);
    await kept(page);
    await use({ profile, page, context });
    await profile.remove();
  },
});

test.describe.configure({ timeout: 120_000 });

function expectNothing(profile: Profile): void {
  expect(profile.find(canaries)).toEqual([]);
}

/** They sign, and leave another declaration unfinished. */
async function works(page: Page, portal: Portal, online: boolean): Promise<void> {
  await canaryDeclares(page);
  if (online) await expectReceipt(page);
  else await expectSaved(page);
  await canaryAsks(page);
  // What is private is opened again on this device: that must leave nothing either.
  if (online) await expect(page.getByText(canary.concern)).toBeVisible();
  else await expect(heading(page, NOT_SENT)).toBeVisible();
  await canaryDrafts(page);
  expect(portal.declarations().map((one) => one.learner)).toEqual(online ? [canary.learner] : []);
}

test("the scan finds what is there, in whatever way the browser has packed it", async ({ sitting, portal }) => {
  const { profile, page } = sitting;
  // Two kilobytes each, so that some lie across the blocks of a log; alike for the most part, so that packing tears them apart.
  const alike = Array.from({ length: 40 }, (_, n) => `the same words again and again, number ${n % 7}; `).join("");
  const texts = Array.from({ length: 60 }, (_, n) => `${n}: ${alike}${randomUUID()}`);
  const wide = `${canary.name} in UTF-16`;
  const fill = (page: Page, store: string, rows: string[]) =>
    page.evaluate(
      ([store, rows]) =>
        new Promise<void>((done, failed) => {
          const opening = indexedDB.open(store, 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
          opening.onsuccess = () => {
            const writing = opening.result.transaction("rows", "readwrite");
            rows.forEach((row, n) => writing.objectStore("rows").put(row, n));
            writing.oncomplete = () => done();
            writing.onabort = () => failed(writing.error);
          };
        }),
      [store, rows] as const,
    );
  await fill(page, "probe", [...texts, `${wide} \u0141`]);
  await page.evaluate((text) => localStorage.setItem("probe", text), canary.name);
  await profile.close();
  const first = profile.find([...texts, wide, canary.name]);
  const missed = (found: Found[]) => texts.filter((text) => !found.some(({ what }) => what === text));
  expect(missed(first)).toEqual([]);
  expect(missed(first.filter(({ how }) => how === "UTF-8, as it is"))).not.toEqual([]);
  expect(first.filter(({ what }) => what === wide).map(({ how }) => how)).toContain("UTF-16, as it is");
  expect(first.filter(({ what, file }) => what === canary.name && file.includes("Local Storage"))).not.toEqual([]);

  // So much that LevelDB moves what it has into a table.
  const again = (await profile.open(portal.url)).pages()[0];
  await open(again);
  const much = Array.from({ length: 150 }, () => randomBytes(30_000).toString("base64"));
  await fill(again, "filling", much);
  await profile.close();
  const tables = profile.find(texts).filter(({ file }) => file.endsWith(".ldb"));
  expect(missed(tables)).toEqual([]);
  expect(missed(tables.filter(({ how }) => how === "UTF-8, as it is"))).not.toEqual([]);
});

test("after signing out, nothing of the learner is in the browser's files", async ({ sitting, portal }) => {
  const { profile, page } = sitting;
  await works(page, portal, true);
  await signOut(page);
  await profile.close();
  expectNothing(profile);
});

test("after signing out without a connection, nothing that can be read is in the browser's files", async ({
  sitting,
  portal,
}) => {
  const { profile, page } = sitting;
  await portal.stop();
  await works(page, portal, false);
  await signOut(page);
  await profile.close();
  expectNothing(profile);
  // And what was signed was not lost with it.
  await portal.start();
  const later = (await profile.open(portal.url)).pages()[0];
  await open(later);
  await expect
    .poll(() => portal.declarations().map((one) => one.learner), { timeout: 60_000 })
    .toEqual([canary.learner]);
});

test("after the lock of a learner who walked away, nothing that can be read is in the browser's files", async ({
  sitting,
  portal,
}) => {
  const { profile, page } = sitting;
  await works(page, portal, true);
  await page.clock.fastForward("11:00");
  await expect(page.getByLabel("Learner reference")).toBeVisible();
  await profile.close();
  expectNothing(profile);
});

test("after the browser is closed by a learner who did not sign out, nothing that can be read is in its files", async ({
  sitting,
  portal,
}) => {
  const { profile, page } = sitting;
  await works(page, portal, true);
  await profile.close();
  expectNothing(profile);
  const next = (await profile.open(portal.url)).pages()[0];
  await open(next);
  await expect(heading(next, "Sign in")).toBeVisible();
  for (const text of canaries) expect(await next.content()).not.toContain(text);
  await profile.close();
  expectNothing(profile);
});

test("after the power failed at a computer where a learner sat, nothing that can be read is in the browser's files", async ({
  sitting,
  portal,
}) => {
  const { profile, page } = sitting;
  await works(page, portal, true);
  await profile.kill();
  expectNothing(profile);
});

test("the key to what is kept never touches the disk: not by a reload, not by leaving the page", async ({
  sitting,
  portal,
}) => {
  const { profile, page } = sitting;
  const who = (await (await page.request.get("/api/v1/session")).json()) as { device_key: string };
  const key = Buffer.from(who.device_key, "base64url");
  expect(key).toHaveLength(32);
  await works(page, portal, true);
  await page.reload();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign out" })).toBeVisible();
  await page.goto("/api/docs");
  await profile.close();
  const forms = [who.device_key, key.toString("base64"), key.toString("hex")];
  expect(profile.find(forms, { "the key's bytes": key })).toEqual([]);
});
