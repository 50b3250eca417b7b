// The first picture: what a learner has before the app has arrived, or if it never does.
import { heading } from "./fixtures/app.ts";
import { PASSPHRASE } from "./fixtures/cohort.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("while the app is on its way", () => {
  test.use({ gated: true });
  let letGo: () => void;

  test.beforeEach(async ({ page, portal }) => {
    const until = new Promise<void>((done) => (letGo = done));
    portal.gate!.fault = (_, path) => (path.endsWith(".wasm") ? { until } : undefined);
    await page.goto("/", { waitUntil: "commit" });
    await expect(page.getByText("The portal is still arriving.")).toBeVisible();
    // Until its script is there, the form cannot be sent at all.
    await expect(page.getByRole("button", { name: "Sign in" })).toHaveAttribute("type", "submit");
  });

  test("what is typed is kept, with the focus and the caret", async ({ page }) => {
    await page.getByLabel("Learner reference").fill("L1001");
    await page.getByRole("radio", { name: "No, it is my own" }).check();
    const passphrase = page.getByLabel("Passphrase");
    await passphrase.fill(PASSPHRASE);
    await passphrase.evaluate((input: HTMLInputElement) => input.setSelectionRange(5, 5));
    letGo();
    await expect(page.getByText("See your deadlines, join live sessions")).toBeVisible();
    await expect(page.getByLabel("Learner reference")).toHaveValue("L1001");
    await expect(page.getByRole("radio", { name: /^No,/ })).toBeChecked();
    const now = page.getByLabel("Passphrase", { exact: true });
    await expect(now).toHaveValue(PASSPHRASE);
    await expect(now).toBeFocused();
    expect(await now.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd])).toEqual([5, 5]);
  });

  test("Sign in can be pressed: it happens on arrival", async ({ page }) => {
    await page.getByLabel("Learner reference").fill("L1001");
    await page.getByLabel("Passphrase").fill(PASSPHRASE);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("status")).toContainText("You will be signed in as soon as the portal is here.");
    letGo();
    await expect(heading(page, "Today")).toBeVisible();
    await expect(page.getByText("Hello Amina Yusuf")).toBeVisible();
  });

  test("the numbers to call and how to stay safe are there already", async ({ page }) => {
    await expect(page.getByRole("link", { name: "999" })).toHaveAttribute("href", "tel:999");
    await expect(page.getByRole("link", { name: "0800 1111" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Staying safe online" })).toBeVisible();
    letGo();
  });

  test("what is typed never gets into the address, the history or a request", async ({ page, portal }) => {
    await page.getByLabel("Learner reference").fill("L1001");
    await page.getByLabel("Passphrase").fill(PASSPHRASE);
    await page.getByLabel("Passphrase").press("Enter");
    await expect(page.getByRole("status")).toContainText("You will be signed in");
    expect(page.url()).toBe(`${portal.url}/`);
    expect(portal.gate!.seen.filter(({ method }) => method !== "GET")).toEqual([]);
    letGo();
    await expect(heading(page, "Today")).toBeVisible();
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the page is of use: numbers, guidance, what to do; and no form that would do nothing", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "This browser does not run scripts" })).toBeVisible();
    await expect(page.getByRole("link", { name: "999" })).toBeVisible();
    await expect(page.getByRole("link", { name: "101" })).toBeVisible();
    // Playwright's getByText leaves <noscript> out, also where the browser shows it.
    await expect(page.locator("noscript section")).toContainText("telephone your tutor");
    await expect(page.getByRole("heading", { name: "Staying safe online" })).toBeVisible();
    await expect(page.getByText("The portal is still arriving.")).toBeHidden();
    for (const role of ["textbox", "button", "radio"] as const) await expect(page.getByRole(role)).toHaveCount(0);
    await expect(page.getByLabel("Passphrase")).toBeHidden();
  });
});

test.describe("when the app cannot start", () => {
  test.use({ gated: true });
  const faults = {
    "is gone": { status: 404, type: "text/plain", body: "Not here." },
    "is not WebAssembly": { status: 200, type: "application/wasm", body: "something else" },
    "is a web page of the network in between": { status: 200, type: "text/html", body: "<h1>Welcome to Wi-Fi</h1>" },
  };
  for (const [what, fault] of Object.entries(faults)) {
    test(`because its program ${what}: the page says so, what to do, and tries again`, async ({
      page,
      portal,
      noise,
    }) => {
      noise.allow(/./);
      portal.gate!.fault = (_, path) => (path.includes(".wasm") ? fault : undefined);
      await page.goto("/");
      const again = page.getByRole("button", { name: "Try again" });
      await expect(again).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole("status")).toContainText("The numbers below work all the same.");
      await expect(page.getByRole("status")).toContainText(/try again|Try again|another browser/);
      await expect(page.getByRole("link", { name: "999" })).toBeVisible();
      portal.gate!.fault = () => undefined;
      await again.click();
      await expect(page.getByText("See your deadlines, join live sessions")).toBeVisible();
    });
  }
});
