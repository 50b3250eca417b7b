// The policy that holds whatever a tutor's text brings. Each test's console is watched too: a refusal fails it.
import { at, go, open, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { expect, test } from "./fixtures/test.ts";

test("every page comes with the strict policy", async ({ request }) => {
  const policy = (await request.get("/")).headers()["content-security-policy"] ?? "";
  const directives = Object.fromEntries(policy.split(";").map((part) => part.trim().split(/ (.*)/s).slice(0, 2)));
  expect(directives).toMatchObject({
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
  });
});

test("no page has a script, a style or a handler of its own", async ({ page }) => {
  await open(page);
  await signIn(page);
  const addresses = [at.today, at.deadlines, at.deadline(work.extended.id), at.live, at.work, at.receipts];
  for (const address of [...addresses, at.safety, at.device, at.declare(work.extended.id, "ai")]) {
    await go(page, address);
    const inline = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .filter(
          (element) =>
            (element instanceof HTMLScriptElement && !element.src) ||
            element instanceof HTMLStyleElement ||
            [...element.attributes].some(({ name }) => name === "style" || name.startsWith("on")),
        )
        .map((element) => element.outerHTML.slice(0, 100)),
    );
    expect.soft(inline, address).toEqual([]);
  }
});

test("a script that got into the page would not run, and says so on the console", async ({ page, noise }) => {
  noise.allow(/Content Security Policy/);
  await open(page);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.ran = true" alt="">');
  });
  await expect.poll(() => noise.heard.join("\n")).toContain("Content Security Policy");
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});
