import { at, go, signIn } from "./fixtures/app.ts";
import { test } from "./fixtures/test.ts";
import { work } from "./fixtures/cohort.ts";
test("shots", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  const shot = async (name: string) => page.screenshot({ path: `/tmp/cal-shots/${name}.png`, fullPage: true });
  for (const p of ["calendar", "week", "data"]) {
    await go(page, at.my(p));
    await page.waitForLoadState("networkidle");
    await shot(`phone-${p}`);
  }
  await go(page, at.deadline(work.extended.id));
  await shot("phone-deadline");
  await go(page, at.my("calendar"));
  await page.getByRole("button", { name: "Make a secret address" }).click();
  await page.getByRole("heading", { name: "Your address" }).waitFor();
  await shot("phone-made");
  await page.setViewportSize({ width: 320, height: 600 });
  await shot("small-made");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  await shot("desk-made-dark");
  for (const p of ["week", "data"]) {
    await go(page, at.my(p));
    await page.waitForLoadState("networkidle");
    await shot(`desk-${p}-dark`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await go(page, at.my("week"));
  await page.pdf({ path: "/tmp/cal-shots/week.pdf", format: "A4" });
});
