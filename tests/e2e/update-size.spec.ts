// What an update of the app costs: in a browser that still has the parts of the version before (RFC 9842), what differs and no more.
import { arrived, at, go, kept, open, signIn } from "./fixtures/app.ts";
import { Portal } from "./fixtures/portal.ts";
import { release } from "./fixtures/release.ts";
import { AppCopy } from "./fixtures/static.ts";
import { expect, test } from "./fixtures/test.ts";

/** All that a small update brings, in bytes on the line: what is reached, and 5 %. Whole, the program alone is 150,000. */
const UPDATE_MAX = 6_000;

test("an update brings what differs from the version before, and is that version to the byte", async ({
  page,
  prepared,
}) => {
  const app = new AppCopy();
  const portal = await Portal.start(prepared, { gated: true, dist: app.folder });
  const { seen } = portal.gate!;
  await open(page, `${portal.url}${at.deadlines}`);
  await signIn(page);
  await kept(page);
  // The second one follows from what the first one made.
  for (const [says, next] of [
    ["Print this page", "Print this list"],
    ["Print this list", "Print this view"],
  ]) {
    release(app, says, next);
    seen.length = 0;
    await page.reload();
    await page.getByRole("button", { name: "Update now" }).click();
    await expect(page.getByRole("heading", { name: "A new version is ready" })).toBeHidden();
    await arrived(page);
    await go(page, at.deadlines);
    await expect(page.getByRole("button", { name: next })).toBeVisible();
    await kept(page);
    const update = seen.filter(({ path, status }) => !path.startsWith("/api/") && status === 200);
    const total = update.reduce((sum, one) => sum + one.wire, 0);
    console.log([...update.map((one) => `${String(one.wire).padStart(8)}  ${one.path}`), `${total} in all`].join("\n"));
    expect(update.filter(({ path }) => path.endsWith(".wasm")).length).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(UPDATE_MAX);
  }
  await portal.remove();
  app.remove();
});
