// C3 and C16: deadlines where a learner looks every day: in their own calendar, and on paper.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, go, heading, kept, open, signIn, stored } from "../fixtures/app.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { events, feed, inLondon, uid } from "../fixtures/calendar.ts";
import { hours, session, work } from "../fixtures/cohort.ts";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";

/** Makes an address on the page that is open, and reads it. */
async function make(page: Page, name = "Make a secret address"): Promise<string> {
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Your address" })).toBeFocused();
  return (await page.getByText(/^https?:\/\/.*\.ics$/).textContent()) ?? "";
}

test("C3: without a network a learner puts a deadline into a calendar, by a file that names no work", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.deadline(work.extended.id));
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Add this deadline to a calendar" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("deadline.ics");
  await expect(page.getByRole("status").filter({ hasText: "The file deadline.ics is saved." })).toBeVisible();
  const text = readFileSync(await download.path(), "utf8");
  const event = events(text).get(uid("work", work.extended.id));
  expect(event?.title).toBe("Work due: WELD2");
  // The extension counts.
  expect(inLondon(event!.starts)).toBe(`${work.extended.extendedTo} ${work.extended.clock}`);
  expect(text).not.toMatch(/safety|Amina|L1001/i);
  await go(page, at.deadline(work.cancelled.id));
  await expect(heading(page, work.cancelled.title)).toBeVisible();
  await expect(page.getByRole("button", { name: "Add this deadline to a calendar" })).toHaveCount(0);
});

test("C3: a learner makes the address of a calendar, sees it once, and ends it", async ({ page, portal, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page);
  await go(page, at.device);
  await page.getByRole("link", { name: "All deadlines in your calendar" }).click();
  await expect(heading(page, "Your calendar")).toBeFocused();
  await expect(page.getByRole("main")).toContainText("You have no address yet.");
  await expectAccessible(page, "no address");
  const address = await make(page);
  await expectAccessible(page, "an address that was made");
  await page.getByRole("button", { name: "Copy the address" }).click();
  await expect(page.getByText("Copied.", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  await expect(page.getByRole("link", { name: "Open it in this device’s calendar" })).toHaveAttribute(
    "href",
    address.replace(/^https?:/, "webcal:"),
  );
  expect((await feed(address)).get(uid("work", work.winter.id))?.title).toBe("Work due: WELD2");

  // Neither the device nor the server can show it again.
  const secret = address.split("/").at(-1)!.replace(".ics", "");
  expect(await stored(page)).not.toContain(secret);
  expect(portal.sql("SELECT * FROM calendar").toString()).not.toContain(secret);
  await open(page, at.my("calendar"));
  await expect(page.getByRole("main")).toContainText(/You made an address on \w+day .* We cannot show it again\./);
  await expect(page.getByText(address)).toHaveCount(0);
  const second = await make(page, "Make a new address");
  expect((await fetch(address)).status).toBe(404);
  await page.getByRole("button", { name: "Stop the address" }).click();
  await expect(page.getByText("The address works no more.")).toBeVisible();
  await expect(page.getByText(second)).toHaveCount(0);
  expect((await fetch(second)).status).toBe(404);
});

test("C3: without a network the page of the calendar says so, and on a shared computer it warns", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page, "L1001", "shared");
  await kept(page);
  await portal.stop();
  await go(page, at.my("calendar"));
  await expect(page.getByRole("main")).toContainText("This is a shared computer.");
  await expect(page.getByRole("main")).toContainText("We cannot reach our service.");
  await expectAccessible(page, "calendar without a network");
  await portal.start();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: "Make a secret address" })).toBeVisible();
});

test("C16: the calendar follows each change, also across the days on which the clocks change", async ({
  page,
  portal,
}, testInfo) => {
  await signIn(page);
  await go(page, at.my("calendar"));
  const address = await make(page);
  const folder = testInfo.outputPath("cohort");
  mkdirSync(folder, { recursive: true });
  const bring = (name: string, ...lines: string[]) => {
    writeFileSync(join(folder, name), lines.join("\n") + "\n");
    portal.command("import", "--strict", join(folder, name));
  };
  const due = ["2026-10-24 23:59", "2026-10-25 12:00", "2027-03-27 23:59", "2027-03-28 23:59", "2027-10-30 17:00"];
  due.push("2027-10-31 09:00");
  const row = (n: number, when: string, more = ",") => `clock-${n},WELD2,Clock ${n},${when.replace(" ", ",")}${more}`;
  const header = "id,course,title,due_date,due_time,cancelled,removed";
  bring("assignments.csv", header, ...due.map((when, n) => row(n, when, ",,")));
  const meets = ["2026-10-25", "2027-03-28", "2027-10-31"];
  bring(
    "sessions.csv",
    "id,course,title,date,start,end",
    ...meets.map((day) => `meet-${day},WELD2,Meet,${day},10:00,11:30`),
  );
  let last = await feed(address);
  for (const [n, when] of due.entries()) {
    const event = last.get(uid("work", `clock-${n}`))!;
    expect([inLondon(event.starts), event.status]).toEqual([when, "CONFIRMED"]);
  }
  for (const day of meets) {
    const event = last.get(uid("session", `meet-${day}`))!;
    expect([inLondon(event.starts), inLondon(event.ends)]).toEqual([`${day} 10:00`, `${day} 11:30`]);
  }
  expect(last.get(uid("work", work.cancelled.id))?.status).toBe("CANCELLED");

  /** The event of `clock-3` is the same one, and newer; nothing else has changed. */
  const changed = async (when: string, status: string) => {
    const now = await feed(address);
    expect([...now.keys()].sort()).toEqual([...last.keys()].sort());
    for (const [id, event] of now) {
      const before = last.get(id)!;
      if (id !== uid("work", "clock-3")) expect(event).toEqual(before);
      else {
        expect([inLondon(event.starts), event.status]).toEqual([when, status]);
        expect(event.sequence).toBeGreaterThan(before.sequence);
        expect(event.modified.getTime()).toBeGreaterThanOrEqual(before.modified.getTime());
      }
    }
    last = now;
  };
  bring("assignments.csv", header, row(3, "2027-03-29 12:00", ",,"));
  await changed("2027-03-29 12:00", "CONFIRMED");
  const extended = "learner,assignment,due_date,due_time,removed";
  bring("extensions.csv", extended, "L1001,clock-3,2027-10-31,23:59,");
  await changed("2027-10-31 23:59", "CONFIRMED");
  bring("extensions.csv", extended, "L1001,clock-3,2027-10-31,23:59,yes");
  await changed("2027-03-29 12:00", "CONFIRMED");
  bring("assignments.csv", header, row(3, "2027-03-29 12:00", ",yes,"));
  await changed("2027-03-29 12:00", "CANCELLED");
  bring("assignments.csv", header, row(3, "2027-03-29 12:00", ",,yes"));
  await changed("2027-03-29 12:00", "CANCELLED");
});

test("C3: two weeks with numbers, contacts and a form to sign stand on one sheet, offline too", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.deadline(work.nextWeek.id));
  await page.getByRole("link", { name: "Two weeks on one sheet, to print" }).click();
  await expect(heading(page, "Your two weeks")).toBeFocused();
  const main = page.getByRole("main");
  for (const there of [work.late.title, work.nextWeek.title, hours.closed.name, "0800 1111", "999", "(L1001)"])
    await expect(main).toContainText(there);
  await expect(main).toContainText(session.now.title);
  await expect(main).toContainText(`Call ${session.now.telephone}, PIN ${session.now.pin}`);
  await expect(main).toContainText("The work I hand in is my own.");
  await expect(main).not.toContainText(work.winter.title);
  await expectAccessible(page, "two weeks");
  await page.emulateMedia({ media: "print" });
  await expect(main.getByRole("button")).toHaveCount(0);
  await expect(main).toContainText("Signed, with the date");
});
