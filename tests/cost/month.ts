// A month of one learner on their own phone: what all of it takes of their data.
import { expect, test, type Page } from "@playwright/test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arrived, at, go, open, signIn, upToDate } from "../e2e/fixtures/app.ts";
import { session, work, writeCohort } from "../e2e/fixtures/cohort.ts";
import { declare, expectReceipt } from "../e2e/fixtures/declaration.ts";
import type { Seen } from "../e2e/fixtures/gate.ts";
import { Portal, prepare } from "../e2e/fixtures/portal.ts";
import { AppCopy } from "../e2e/fixtures/static.ts";
import { keep } from "./kept.ts";
import { lines } from "./lines.ts";
import { Meter } from "./meter.ts";
import { Phone, settled } from "./phone.ts";
import { release } from "../e2e/fixtures/release.ts";

const days = 30;
/** Before two visits of three the provider has moved a deadline: 20 in all. */
const moves = (day: number) => day % 3 !== 0;
const joins = [2, 5, 9, 12, 16, 19, 23, 26];
const { late, thisWeek, nextWeek, extended, winter, allDay } = work;
const declares = new Map([late, thisWeek, nextWeek, extended, winter, allDay].map((one, i) => [4 + 4 * i, one.id]));
const LABEL = "Print this page";
const updates = new Map([
  [10, "Print this view"],
  [20, "Print this list"],
]);

/** Both ways, in bytes. */
const MONTH_MAX = 400_000;

type Part = { requests: number; down: number; up: number };

test("a month: 30 visits, 20 moved deadlines, 8 sessions joined, 6 declarations, 2 updates", async () => {
  test.setTimeout(900_000);
  const app = new AppCopy();
  const prepared = prepare();
  const portal = await Portal.start(prepared, { gated: true, dist: app.folder });
  const phone = new Phone(portal);
  const provider = new Provider(portal);
  const started = Date.now();
  const parts: Record<string, Part> = {};
  const browser = { requests: 0, down: 0 };
  let label = LABEL;
  for (let day = 0; day < days; day++) {
    const moved = moves(day) ? provider.movesADeadline() : undefined;
    const update = updates.get(day);
    if (update) release(app, label, update);
    const { seen } = portal.gate!;
    seen.length = 0;
    const page = await phone.page();
    await page.context().clock.setSystemTime(started + day * 86_400_000);
    const meter = new Meter(lines.find(({ name }) => name === "no limit")!);
    await meter.watch(page);
    await open(page, at.deadlines);
    if (day === 0) await signIn(page);
    await upToDate(page);
    if (moved) {
      const card = page.getByRole("article").filter({ hasText: moved.title });
      await expect(card.first()).toContainText(moved.spoken);
    }
    if (joins.includes(day)) await joinsSession(page);
    if (update) label = await updatesTo(page, update);
    const declared = declares.get(day);
    if (declared) {
      await declare(page, declared);
      await expectReceipt(page);
    }
    await settled(page, portal, meter);
    if (day % 7 === 6) await aWeekOlder(page);
    await phone.off();
    for (const one of seen) {
      const part = (parts[partOf(one, day, update !== undefined)] ??= { requests: 0, down: 0, up: 0 });
      part.requests++;
      part.down += one.answered;
      part.up += one.asked;
    }
    const came = meter.asked.filter(({ bytes }) => bytes > 0);
    browser.requests += came.length;
    browser.down += came.reduce((sum, { bytes }) => sum + bytes, 0);
  }
  expect(portal.declarations()).toHaveLength(declares.size);
  const all = Object.values(parts);
  const total = (of: keyof Part) => all.reduce((sum, part) => sum + part[of], 0);
  console.log(JSON.stringify(parts, null, 1), total("down") + total("up"));
  expect(total("down") + total("up")).toBeLessThanOrEqual(MONTH_MAX);
  keep("month", "parts", parts);
  keep("month", "server", { requests: total("requests"), down: total("down"), up: total("up") });
  keep("month", "browser", browser);
  provider.remove();
  await phone.remove();
  await portal.remove();
  rmSync(prepared, { recursive: true });
  app.remove();
});

/** Who is signed in is asked once a week, by the server's clock, which stays: so what is known of them is made older. */
function aWeekOlder(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const opened = indexedDB.open("portal");
        opened.onerror = failed;
        opened.onsuccess = () => {
          const change = opened.result.transaction("kept", "readwrite");
          const rows = change.objectStore("kept");
          const known = rows.get("device.who");
          known.onsuccess = () => {
            const who = JSON.parse(known.result as string) as { server_time: string };
            who.server_time = new Date(Date.parse(who.server_time) - 8 * 86_400_000).toISOString();
            rows.put(JSON.stringify(who), "device.who");
          };
          change.onabort = failed;
          change.oncomplete = () => done();
        };
      }),
  );
}

/** What a request was for. */
function partOf({ path, status }: Seen, day: number, update: boolean): string {
  if (day === 0) return "the first visit";
  if (path.startsWith("/api/v1/sync")) return "what is new";
  if (path.startsWith("/api/v1/session")) return "who is signed in";
  if (path.startsWith("/api/v1/envelopes")) return "declarations";
  if (path.startsWith("/api/")) return "other calls";
  if (update && status === 200) return "updates of the app";
  return "asking whether the app is the newest";
}

/** Presses Join. The session's own page is another site's, and is not counted. */
async function joinsSession(page: Page): Promise<void> {
  await page.context().route("https://meet.example.org/**", (route) => route.abort());
  await go(page, at.live);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: `Join ${session.now.title}` }).click();
  await (await opened).close();
}

/** Lets the next version in, and sees that it is that version. Returns its label. */
async function updatesTo(page: Page, next: string): Promise<string> {
  await page.getByRole("button", { name: "Update now" }).click();
  await expect(page.getByRole("heading", { name: "A new version is ready" })).toBeHidden();
  await arrived(page);
  await go(page, at.deadlines);
  await expect(page.getByRole("button", { name: next })).toBeVisible();
  return next;
}

/** The provider, who moves one deadline after another in their own files and imports them. */
class Provider {
  private readonly folder = mkdtempSync(join(tmpdir(), "portal-provider-"));
  private moved = 0;

  constructor(private readonly portal: Portal) {
    writeCohort(this.folder);
  }

  movesADeadline(): { title: string; spoken: string } {
    const turns = [work.winter, work.summer, work.group, work.allDay];
    const { id, title } = turns[this.moved % turns.length];
    const day = ++this.moved;
    const file = join(this.folder, "assignments.csv");
    const row = new RegExp(`^(${id},[^,]*,[^,]*),[^,]*,`, "m");
    const before = readFileSync(file, "utf8");
    if (!row.test(before)) throw new Error(`assignments.csv has no row of ${id}.`);
    writeFileSync(file, before.replace(row, `$1,2037-03-${String(day).padStart(2, "0")},`));
    this.portal.command("import", "--strict", this.folder);
    return { title, spoken: `${day} March 2037` };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
