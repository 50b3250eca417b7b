import { at, go, signIn } from "../fixtures/app.ts";
import { outline } from "../fixtures/outline.ts";
import { test } from "../fixtures/test.ts";
test("look", async ({ page }) => {
  await signIn(page);
  for (const a of [at.attendance, at.questions("weld-past"), at.session("weld-past"), at.study, at.sharing, at.my("calendar"), at.my("week"), at.my("data"), at.accessibility, at.reading, at.course, at.ask("study")]) {
    await go(page, a);
    await page.waitForTimeout(500);
    console.log(a + "\n" + (await outline(page.getByRole("main"))).join("\n"));
  }
});
