// What tutors write reaches a browser as text, and nothing of it acts: neither what import takes, nor what would stand in the database
// if import had let it pass.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { at, go, signIn } from "./fixtures/app.ts";
import { asksForHelp, expectReceived } from "./fixtures/asking.ts";
import { londonDay } from "./fixtures/dates.ts";
import { repository } from "./fixtures/paths.ts";
import type { Portal } from "./fixtures/portal.ts";
import { expect, test } from "./fixtures/test.ts";

const payloads = readFileSync(join(repository, "tests/it/payloads.txt"), "utf8").split("\n").filter(Boolean);
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Imports every payload as a page of guidance, as texts of work and of sessions, and as a contact's name. */
function importPayloads(portal: Portal): void {
  const folder = mkdtempSync(join(tmpdir(), "portal-payloads-"));
  mkdirSync(join(folder, "guidance"));
  payloads.forEach((payload, i) =>
    writeFileSync(
      join(folder, "guidance", `payload-${i}.md`),
      `---\ntitle: ${payload}\nversion: 1\nreviewed_on: 2026-09-01\n---\n\nBefore.\n\n${payload}\n`,
    ),
  );
  const rows = (name: string, header: string, row: (text: string, i: number) => string) =>
    writeFileSync(join(folder, name), `${header}\n${payloads.map((text, i) => row(cell(text), i)).join("\n")}\n`);
  rows(
    "assignments.csv",
    "id,course,title,due_date,due_time,mode,hand_in",
    (text, i) => `payload-${i},WELD2,${text},${londonDay(3)},16:00,distance,${text}`,
  );
  rows(
    "sessions.csv",
    "id,course,title,date,start,end,mode,place,about",
    (text, i) => `payload-${i},WELD2,${text},${londonDay(2)},10:00,11:00,face-to-face,${text},${text}`,
  );
  try {
    portal.command("import", folder);
  } catch {
    // It ends with 3 where pages were refused, as most are.
  }
  rmSync(folder, { recursive: true });
}

/** Whatever in the document could act by itself. */
function acting(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll("*")]
      .filter(
        (element) =>
          (element instanceof HTMLScriptElement && !element.src.startsWith(location.origin)) ||
          /^(iframe|object|embed|base|style|math|animate)$/i.test(element.localName) ||
          [...element.attributes].some(
            ({ name, value }) =>
              name.startsWith("on") ||
              name === "style" ||
              name === "srcdoc" ||
              /^\s*(javascript|data|vbscript):/i.test(value),
          ),
      )
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

/** Every place that shows what tutors wrote. */
const places = [at.today, at.deadlines, at.live, at.work, at.safety, at.deadline("payload-0"), at.declare("payload-0")];

function listen(page: Page): { dialogs: string[] } {
  const heard = { dialogs: [] as string[] };
  page.on("dialog", (dialog) => {
    heard.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("popup", (popup) => heard.dialogs.push(popup.url()));
  return heard;
}

test("what tutors write is shown as they wrote it and does nothing", async ({ page, portal }) => {
  importPayloads(portal);
  const heard = listen(page);
  await signIn(page);
  for (const address of places) {
    await go(page, address);
    expect.soft(await acting(page), address).toEqual([]);
    expect.soft(await page.evaluate(() => "ran" in window), address).toBe(false);
  }
  await go(page, at.deadlines);
  await expect(page.getByRole("main")).toContainText("<script>ran=1</script>");
  expect(heard.dialogs).toEqual([]);
});

test("what import should never have taken does nothing either", async ({ page, portal, noise }) => {
  // The browser says what it refused.
  noise.allow(
    /Content Security Policy|Refused to|violates the following|Failed to load resource|net::ERR|Unsafe attempt/,
  );
  const html = payloads.filter((payload) => payload.includes("<")).join("");
  const body = JSON.stringify({ id: "passwords", title: "x", version: "1", reviewed_on: "2026-09-01", html, order: 0 });
  portal.sql("UPDATE counter SET revision = revision + 1");
  portal.sql(
    `UPDATE record SET body = '${body.replaceAll("'", "''")}', revision = (SELECT revision FROM counter) WHERE kind = 'guidance' AND id = 'passwords'`,
  );
  const heard = listen(page);
  await signIn(page);
  await go(page, at.safety);
  await expect(page.getByRole("main").getByText("x", { exact: true }).first()).toBeVisible();
  await page.mouse.move(300, 400);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(heard.dialogs).toEqual([]);
  expect(page.url()).toContain(portal.url);
});

test("what staff answer and what a learner asks is shown as it was written and does nothing", async ({
  page,
  portal,
}) => {
  const support = portal.staff("learner-support", payloads[0]);
  const heard = listen(page);
  await signIn(page);
  const text = payloads.join("\n").slice(0, 4_900);
  const id = await asksForHelp(page, text);
  await expectReceived(page, "Help with learning");
  await support.answer(id, { text });
  await support.answer(id, { decision: { refused: { reason: text } } });
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByRole("heading", { name: "What was decided" })).toBeVisible();
  for (const address of [at.request(id), at.requests]) {
    await go(page, address);
    expect.soft(await acting(page), address).toEqual([]);
    expect.soft(await page.evaluate(() => "ran" in window), address).toBe(false);
  }
  await go(page, at.request(id));
  await expect(page.getByRole("main")).toContainText("<script>ran=1</script>");
  expect(heard.dialogs).toEqual([]);
});
