// A server that was restored from a backup: what came after the backup is only on the devices.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, go, kept, signIn, signOut } from "../fixtures/app.ts";
import { work } from "../fixtures/cohort.ts";
import { declare, expectReceipt } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

test("a server restored from a backup: the browser sees it, and sends again what came after, as it was signed", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const folder = mkdtempSync(join(tmpdir(), "portal-backup-"));
  const backup = join(folder, "backup.db");
  await signIn(page);
  await kept(page);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  portal.command("backup", backup);
  await declare(page, work.summer.id);
  await expectReceipt(page);
  const before = portal.declarations().map((one) => [one.change_id, one.change]);
  expect(before).toHaveLength(2);

  await portal.stop();
  portal.command("restore", "--replace", backup);
  expect(portal.declarations()).toHaveLength(1);
  await portal.start();
  await page.getByRole("button", { name: "Check now" }).click(); // as it does by itself every five minutes
  await expect
    .poll(() => portal.declarations().map((one) => [one.change_id, one.change]), { timeout: 30_000 })
    .toEqual(before);
  portal.command("verify-log");
  await go(page, at.receipts);
  await expect(page.getByRole("article")).toHaveCount(2);
  for (const { code } of portal.declarations())
    await expect(page.getByRole("article").filter({ hasText: code })).toHaveCount(1);
  rmSync(folder, { recursive: true });
});

test("a server restored from a backup, on a shared computer whose learner has gone: the next one's visit sends it again", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const folder = mkdtempSync(join(tmpdir(), "portal-backup-"));
  const backup = join(folder, "backup.db");
  await signIn(page, "L1002", "shared");
  portal.command("backup", backup);
  await declare(page, work.winter.id);
  await expectReceipt(page);
  await signOut(page);
  const before = portal.declarations().map((one) => [one.learner, one.change]);
  expect(before).toHaveLength(1);
  await portal.stop();
  portal.command("restore", "--replace", backup);
  expect(portal.declarations()).toEqual([]);
  await portal.start();
  await signIn(page, "L1003", "shared");
  await expect
    .poll(() => portal.declarations().map((one) => [one.learner, one.change]), { timeout: 30_000 })
    .toEqual(before);
  rmSync(folder, { recursive: true });
});
