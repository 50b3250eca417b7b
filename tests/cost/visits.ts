// A learner's visits on slow lines, as Chromium imitates them: what comes over the line and when the page is of use.
import { test } from "@playwright/test";
import { rmSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { at, upToDate } from "../e2e/fixtures/app.ts";
import { Portal, prepare } from "../e2e/fixtures/portal.ts";
import { expect } from "../e2e/fixtures/test.ts";
import { limit, median, ornaments, type Visit } from "./figures.ts";
import { keep } from "./kept.ts";
import { lines, type Line } from "./lines.ts";
import { Meter } from "./meter.ts";
import { moments, type Wanted } from "./moments.ts";
import { Phone, settled } from "./phone.ts";

const runs = Number(process.env.RUNS ?? 3);
/** How many rows the app draws at once (FIRST in src/browser/pieces.rs). */
const ROWS = 3;

type Case = { name: Visit["visit"]; address: string; wanted: Wanted; signIn?: boolean; offline?: boolean };
const formFirst: Case = { name: "before sign-in", address: "/", wanted: "the form" };
const cold: Case = { name: "cold", address: at.deadlines, wanted: "a deadline", signIn: true };
const again: Case = { name: "again", address: at.deadlines, wanted: "a deadline" };
const offline: Case = { ...again, name: "offline", offline: true };

for (const line of lines) {
  test(`${line.name}: the median of ${runs}`, async () => {
    const all: Visit[] = [];
    const load = loadavg()[0];
    for (let run = 0; run < runs; run++) {
      all.push(...(await phone([formFirst], line)));
      all.push(...(await phone([cold, again, offline], line)));
    }
    for (const { name } of [formFirst, cold, again, offline])
      keep("visits", `${line.name}, ${name}`, median(all.filter(({ visit }) => visit === name)));
    keep("machine", line.name, { cores: availableParallelism(), loadBefore: load, loadAfter: loadavg()[0], runs });
  });
}

/** These visits, one after another, by a phone that nobody has used yet. */
async function phone(cases: Case[], line: Line): Promise<Visit[]> {
  const prepared = prepare();
  const portal = await Portal.start(prepared, { gated: true });
  const phone = new Phone(portal);
  keep("machine", "browser", (await phone.on()).browser()?.version());
  const visits = [];
  for (const one of cases) visits.push(await visit(one, line, phone, portal));
  // Where nothing is fetched the line sets no limit, and the browser does.
  if (cases.includes(again)) {
    const alone = await pageAlone(line, phone);
    for (const { needed } of visits) if (needed.requests === 0) needed.limitMs = alone;
  }
  await phone.remove();
  await portal.remove();
  rmSync(prepared, { recursive: true });
  return visits;
}

/** Milliseconds until the same page is drawn as plain HTML, out of the service worker's cache: with its style, the first rows that the app
 * draws at once, and no script at all. No app can be sooner there. */
async function pageAlone(line: Line, phone: Phone): Promise<number> {
  const app = await phone.page();
  await app.goto(at.deadlines);
  await upToDate(app);
  await app.evaluate(async (rows) => {
    for (const part of document.querySelectorAll("script, link[rel=modulepreload], link[rel=preload]")) part.remove();
    for (const row of [...document.querySelectorAll("main article")].slice(rows)) row.remove();
    const [shell] = (await caches.keys()).filter((name) => name.startsWith("portal-shell-"));
    const page = new Response(document.documentElement.outerHTML, { headers: { "content-type": "text/html" } });
    await (await caches.open(shell)).put(new URL("/", location.href), page);
  }, ROWS);
  await app.close();
  const page = await phone.page();
  await new Meter(line).watch(page);
  const { told } = await moments(page, "a deadline");
  await page.goto(at.deadlines, { waitUntil: "commit" });
  const { useful } = await told;
  await expect(page.locator("script")).toHaveCount(0);
  await page.close();
  return Math.round(useful);
}

async function visit(one: Case, line: Line, phone: Phone, portal: Portal): Promise<Visit> {
  const { seen } = portal.gate!;
  seen.length = 0;
  const page = await phone.page();
  const meter = new Meter(line, one.offline);
  await meter.watch(page);
  const { told } = await moments(page, one.wanted, one.signIn);
  // Closing the gate makes it true for the browser's own requests too, which CDP does not hold back.
  if (one.offline) await portal.gate!.close();
  await page.goto(one.address, { waitUntil: "commit", timeout: 120_000 });
  const when = await told;
  if (one.offline) await portal.gate!.open();
  else await settled(page, portal, meter, one !== formFirst);
  await page.close();
  const came = meter.asked.filter(({ bytes }) => bytes > 0);
  const before = (request: { ended?: number }) => (request.ended ?? Infinity) <= when.began + when.useful;
  const needed = came.filter(
    (request) => request.by === "page" && before(request) && !ornaments.includes(request.kind),
  );
  const sum = (of: { bytes: number }[]) => of.reduce((total, { bytes }) => total + bytes, 0);
  const kinds: Record<string, number> = {};
  for (const { by, kind, bytes } of came) {
    const name = by === "worker" ? "service worker" : kind;
    kinds[name] = (kinds[name] ?? 0) + bytes;
  }
  return {
    line: line.name,
    visit: one.name,
    requests: came.length,
    bytes: sum(came),
    kinds,
    paintMs: Math.round(when.painted),
    usefulMs: Math.round(when.useful),
    needed: { requests: needed.length, bytes: sum(needed), ...limit(needed, line) },
    background: sum(came) - sum(needed),
    server: {
      requests: seen.length,
      bytes: seen.reduce((total, { answered }) => total + answered, 0),
      asked: seen.reduce((total, { asked }) => total + asked, 0),
    },
  };
}
