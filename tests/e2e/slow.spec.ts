// A 2G line: 240 kbit/s down, 200 up, 800 ms a round trip, and requests that are lost, of which nobody ever hears again. What still comes is
// waited for; what is lost is asked for again within seconds; and no page waits for either.
import type { Page } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { Meter } from "../cost/meter.ts";
import { at, go, heading, kept, open, signIn, upToDate } from "./fixtures/app.ts";
import { PASSPHRASE, work } from "./fixtures/cohort.ts";
import {
  answerAll,
  answerNo,
  declare,
  expectReceipt,
  expectSaved,
  question,
  saveAndContinue,
  sign,
  steps,
} from "./fixtures/declaration.ts";
import { LOST } from "./fixtures/gate.ts";
import { expect, test } from "./fixtures/test.ts";

test.use({ gated: true });
test.beforeEach(({ noise }) => {
  noise.allowFailedRequests();
  noise.allow(/no answer in time|AbortError/);
});

const id = work.extended.id;
const isSync = (path: string) => path.startsWith("/api/v1/sync");
const isSend = (path: string) => path === "/api/v1/envelopes";

/** Signs in by the first picture's form, as soon as it can be sent. */
async function signInEarly(page: Page): Promise<void> {
  await expect(page.locator("#sign-in-submit")).toHaveAttribute("type", "submit");
  await page.getByLabel("Learner reference").fill("L1001");
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("radio", { name: "No, it is my own" }).check();
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("with every tenth request lost and all others 800 ms late, a first visit gets there, and a declaration is saved at once and arrives once", async ({
  page,
  portal,
}) => {
  test.setTimeout(240_000);
  const patience = { timeout: 90_000 };
  const line = new Meter({ name: "2G", down: 240_000, up: 200_000, roundTrip: 0, slower: 1 });
  await line.watch(page);
  let asked = 0;
  const roundTrip = () => new Promise((done) => setTimeout(done, 800));
  portal.gate!.fault = () => (++asked % 10 === 0 ? LOST : { until: roundTrip() });
  await page.goto("/", { waitUntil: "commit" });
  await signInEarly(page);
  await expect(heading(page, "Today")).toBeVisible(patience);
  await expect(page.getByText(/^Up to date at /)).toBeVisible(patience);
  await go(page, at.declare(id));
  await expect(heading(page, "The work")).toBeVisible(patience);
  await answerAll(page, id);
  await sign(page);
  await expectSaved(page);
  await expectReceipt(page, 90_000);
  expect(portal.declarations()).toHaveLength(1);
  expect(portal.sql("SELECT count(*) FROM change")).toEqual([[1]]);
  expect(asked, "one at least was lost").toBeGreaterThanOrEqual(10);
});

test("whatever is lost first is asked for again within seconds: script, program, settings, signing in, news, late part, declaration", async ({
  page,
  portal,
}) => {
  const parts: Record<string, RegExp> = {
    script: /^\/learner-portal-.*\.js/,
    program: /^\/learner-portal_bg-/,
    settings: /^\/config\.json/,
    "signing in": /^\/api\/v1\/session/,
    news: /^\/api\/v1\/sync/,
    "late part": /_late-/,
    declaration: /^\/api\/v1\/envelopes/,
  };
  const lost = new Set<string>();
  portal.gate!.fault = (_, path) => {
    const part = Object.keys(parts).find((part) => parts[part].test(path));
    if (!part || lost.has(part)) return undefined;
    lost.add(part);
    return LOST;
  };
  const passes = async (part: string) => {
    await expect.poll(() => lost.has(part), `the ${part} is asked for`).toBe(true);
    // Seconds pass in an instant; the pauses before further tries are waited for as they are.
    await page.clock.fastForward("00:16");
  };
  await page.clock.install();
  await page.goto("/", { waitUntil: "commit" });
  await signInEarly(page);
  await expect.poll(() => lost.has("script")).toBe(true);
  await passes("program");
  await passes("settings");
  await passes("signing in");
  await expect(heading(page, "Today")).toBeVisible();
  await passes("news");
  await upToDate(page);
  await passes("late part");
  await declare(page, id);
  await expectSaved(page);
  await passes("declaration");
  await expectReceipt(page);
  expect([...lost].sort()).toEqual(Object.keys(parts).sort());
  expect(portal.declarations()).toHaveLength(1);
  // What had come was not fetched twice.
  const times = (part: string) => portal.gate!.seen.filter(({ path }) => parts[part].test(path)).length;
  expect([times("script"), times("program"), times("signing in")]).toEqual([2, 2, 2]);
});

/** Promises that are kept one after another. */
function oneByOne(count: number): { promises: Promise<void>[]; keep: () => void } {
  const keep: (() => void)[] = [];
  const promises = Array.from({ length: count }, () => new Promise<void>((done) => keep.push(done)));
  return { promises, keep: () => keep.shift()!() };
}

test("a program that comes slowly is waited for, and the page says how much is left", async ({ page, portal }) => {
  const slowly = oneByOne(4);
  portal.gate!.fault = (_, path) => (path.includes("_bg-") ? { pieces: slowly.promises } : undefined);
  await page.clock.install();
  await page.goto("/", { waitUntil: "commit" });
  const left = async () =>
    Number(/About (\d+) kB left to come/.exec(await page.getByRole("main").innerText())?.[1] ?? NaN);
  let before = 1_000;
  for (let piece = 0; piece < 4; piece++) {
    await expect.poll(left).toBeLessThan(before);
    before = await left();
    expect(before).toBeGreaterThan(0);
    await page.clock.fastForward("00:08");
    slowly.keep();
  }
  await expect(page.getByText("See your deadlines, join live sessions")).toBeVisible();
  expect(portal.gate!.seen.filter(({ path }) => path.includes("_bg-"))).toHaveLength(1);
});

test("news that come slowly are waited for, and asked for once", async ({ page, portal }) => {
  const slowly = oneByOne(4);
  await page.clock.install();
  portal.gate!.fault = (_, path) => (isSync(path) ? { pieces: slowly.promises } : undefined);
  await open(page);
  await page.getByLabel("Learner reference").fill("L1001");
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const syncs = () => portal.gate!.seen.filter(({ path }) => isSync(path));
  await expect.poll(() => syncs().length).toBe(1);
  for (let piece = 0; piece < 4; piece++) {
    await page.clock.fastForward("00:08");
    await expect(page.getByText("Checking for news.")).toBeVisible();
    slowly.keep();
  }
  await upToDate(page);
  expect(syncs()).toHaveLength(1);
});

test("one round at a time, and sending goes before fetching", async ({ page, portal }) => {
  await signIn(page);
  await kept(page);
  await answerAll(page, id);
  const { seen } = portal.gate!;
  seen.length = 0;
  let letGo = () => {};
  const until = new Promise<void>((done) => (letGo = done));
  portal.gate!.fault = (_, path) => (isSync(path) ? { until } : undefined);
  const check = page.getByRole("button", { name: "Check now" });
  for (let press = 0; press < 3; press++) await check.click();
  await expect.poll(() => seen.filter(({ path }) => isSync(path)).length).toBe(1);
  await sign(page);
  await expectSaved(page);
  expect(seen.map(({ path }) => path).filter((path) => isSend(path) || isSync(path))).toHaveLength(1);
  letGo();
  await expectReceipt(page);
  await upToDate(page);
  const calls = seen.map(({ path }) => (isSend(path) ? "send" : isSync(path) ? "news" : "")).filter(Boolean);
  expect(calls).toEqual(["news", "send", "news"]);
});

/** Eight helpers of whom much is said, in words that do not deflate: two such declarations are too much for one request. */
async function nameMany(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Yes, somebody helped me" }).check();
  for (let n = 0; n < 8; n++) {
    if (n > 0) await page.getByRole("button", { name: "Add another helper" }).click();
    const helper = question(page, `Helper ${n + 1}`);
    await helper.getByLabel("Who helped you?").fill("My brother");
    await helper.getByLabel("What did they do?").fill(randomBytes(2_900).toString("base64"));
  }
}

test("while declarations are sent the page says how many of how many have gone", async ({ page, portal }) => {
  await signIn(page);
  await kept(page);
  await portal.gate!.close();
  for (const one of [work.extended, work.winter]) {
    await go(page, at.declare(one.id));
    for (const step of steps) {
      if (step === "Who helped you") await nameMany(page);
      else await answerNo(page, step);
      await saveAndContinue(page);
    }
    await sign(page);
    await expectSaved(page);
  }
  const holds = oneByOne(2);
  let sent = 0;
  portal.gate!.fault = (_, path) => (isSend(path) ? { until: holds.promises[sent++] } : undefined);
  await portal.gate!.open();
  await expect(page.getByText("Sending: 0 of 2 sent.")).toBeVisible({ timeout: 30_000 });
  holds.keep();
  await expect(page.getByText("Sending: 1 of 2 sent.")).toBeVisible();
  holds.keep();
  await upToDate(page);
  expect(portal.declarations()).toHaveLength(2);
});
