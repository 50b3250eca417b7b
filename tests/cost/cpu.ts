// What the portal asks of a slow phone's processor: 200 deadlines, and a processor four times slower than this machine's. The promise is that
// no task keeps the browser from answering a touch for more than 50 ms.
import type { Page } from "@playwright/test";
import { test } from "@playwright/test";
import { rmSync } from "node:fs";
import { at, heading, kept, open, signIn } from "../e2e/fixtures/app.ts";
import { work } from "../e2e/fixtures/cohort.ts";
import { spoken } from "../e2e/fixtures/dates.ts";
import { dueDay, giveMany, many } from "../e2e/fixtures/many.ts";
import { Portal, prepare } from "../e2e/fixtures/portal.ts";
import { expect } from "../e2e/fixtures/test.ts";
import { median } from "./figures.ts";
import { keep } from "./kept.ts";
import { Phone } from "./phone.ts";

const runs = Number(process.env.RUNS ?? 3);
const SLOWER = 4;
const WORK = 200;

/** Milliseconds. Chromium tells of tasks over 50 ms alone; `longest` is 0 where there was none. Of typing: from a key to what is then drawn,
 * in steps of 8 ms. */
type Figure = { longest: number; over50: number };

test(`with ${WORK} deadlines, ${SLOWER} times slower: the median of ${runs}`, async () => {
  const all: Record<string, Figure>[] = [];
  for (let run = 0; run < runs; run++) all.push(await once());
  for (const [what, figure] of Object.entries(median(all))) keep("cpu", what, figure);
  console.log(all.map((figures) => JSON.stringify(figures)).join("\n"));
});

async function once(): Promise<Record<string, Figure>> {
  const prepared = prepare();
  const portal = await Portal.start(prepared);
  giveMany(portal, WORK);
  const phone = new Phone(portal);
  const page = await (await phone.on()).newPage();
  await page.addInitScript(watch);
  await open(page);
  await signIn(page);
  await kept(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const figures: Record<string, Figure> = {};
  const seen = () => page.evaluate(() => document.querySelectorAll("main article").length);
  const does = async (what: string, act: string) => (figures[what] = await busy(page, act));
  await does("Deadlines is opened", "location.hash = '#/deadlines'");
  const all = await seen();
  expect(all).toBeGreaterThan(WORK);
  await does("one course is chosen", choose("FSM"));
  expect(await seen()).toBeLessThan(all / 2);
  await does("all courses are chosen", choose(""));
  expect(await seen()).toBe(all);
  const news = "document.querySelector('.status button').click()";
  giveMany(portal, WORK, [3]);
  await does("news of one deadline", news);
  const fifty = Array.from({ length: 50 }, (_, n) => n + 10);
  giveMany(portal, WORK, fifty);
  await does("news of 50 deadlines", news);
  const card = page.getByRole("article").filter({ hasText: many(10).title });
  await expect(card).toContainText(spoken(dueDay(10, true), "17:00"));
  await page.goto("about:blank");
  await page.goto(at.deadlines, { waitUntil: "commit" });
  await does("the app is opened on Deadlines", "");
  figures["a key in a declaration"] = await typing(page);
  await phone.remove();
  await portal.remove();
  rmSync(prepared, { recursive: true });
  return figures;
}

const choose = (course: string) =>
  `const list = document.getElementById("course"); list.value = "${course}"; list.dispatchEvent(new Event("change", { bubbles: true }))`;

declare global {
  interface Window {
    tasks: PerformanceEntry[];
    keys: PerformanceEntry[];
    /** Does something in a task of its own, and tells of the long tasks from then on, once half a second has brought nothing new. */
    act(what: string): Promise<number[]>;
  }
}

function watch(): void {
  window.tasks = [];
  window.keys = [];
  let changed = 0;
  const note = (into: PerformanceEntry[]) => (list: PerformanceObserverEntryList) => {
    into.push(...list.getEntries());
    changed = performance.now();
  };
  new PerformanceObserver(note(window.tasks)).observe({ type: "longtask", buffered: true });
  const events = { type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit;
  new PerformanceObserver(note(window.keys)).observe(events);
  new MutationObserver(() => (changed = performance.now())).observe(document, { childList: true, subtree: true });
  window.act = (what) =>
    new Promise((done) => {
      const script = new Function(what);
      setTimeout(() => {
        const began = what === "" ? 0 : performance.now();
        script();
        changed = performance.now();
        const wait = setInterval(() => {
          if (performance.now() - changed < 1_000) return;
          clearInterval(wait);
          done(window.tasks.filter(({ startTime }) => startTime >= began - 1).map(({ duration }) => duration));
        }, 100);
      }, 100);
    });
}

async function busy(page: Page, act: string): Promise<Figure> {
  const tasks = await page.evaluate((act) => window.act(act), act);
  return { longest: Math.max(0, ...tasks), over50: tasks.length };
}

async function typing(page: Page): Promise<Figure> {
  await page.evaluate((hash) => (location.hash = hash), at.declare(work.winter.id, "help").slice(1));
  await expect(heading(page, "Who helped you")).toBeVisible();
  await page.getByRole("radio", { name: "Yes, somebody helped me" }).check();
  await page.getByLabel("What did they do?").focus();
  await page.evaluate(() => (window.keys.length = 0));
  // As fast as somebody types.
  await page.keyboard.type("They listened while I read it to them.", { delay: 80 });
  const keys = await page.evaluate(() => window.keys.map(({ duration }) => duration));
  return { longest: Math.max(0, ...keys), over50: keys.filter((duration) => duration > 50).length };
}
