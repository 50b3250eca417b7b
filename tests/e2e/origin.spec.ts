// The app on any web server, the API on another.
import { heading, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { declare, expectReceipt } from "./fixtures/declaration.ts";
import { Portal } from "./fixtures/portal.ts";
import { expect, test as base } from "./fixtures/test.ts";

const test = base.extend({
  portal: async ({ prepared, host }, use) => {
    const portal = await Portal.start(prepared, { appOrigin: host.url });
    const config = JSON.parse(host.app.read("config.json"));
    host.app.write("config.json", JSON.stringify({ ...config, api: portal.url }));
    await use(portal);
    await portal.remove();
  },
  baseURL: async ({ portal, host }, use) => use(portal && host.url),
});

test("an app on a plain web server talks to the API that its config.json names", async ({ page, portal, host }) => {
  await signIn(page);
  expect(page.url()).toContain(host.url);
  await declare(page, work.winter.id);
  const code = await expectReceipt(page);
  expect(portal.declarations().map((one) => one.code)).toEqual([code]);
  await page.reload();
  await expectReceipt(page);
});

const faults: Record<string, { config?: string; says: RegExp }> = {
  "is missing": { says: /config\.json is missing on this web server \(answer 404\)/ },
  "is not JSON": { config: "<h1>Hello</h1>", says: /config\.json cannot be read/ },
  "is broken off": { config: '{"api": "', says: /config\.json cannot be read/ },
  "names an unsafe API": { config: '{"api": "http://api.example.org"}', says: /wrong at “api”.*https/ },
  "names no address as the API": { config: '{"api": "api.example.org"}', says: /wrong at “api”.*https:\/\// },
  "has a number for a text": { config: '{"service": 7}', says: /wrong at “service”/ },
  "has no such time zone": { config: '{"timeZone": "Europe/Camelot"}', says: /wrong at “timeZone”/ },
};
for (const [what, { config, says }] of Object.entries(faults)) {
  test(`a config.json that ${what} gives a page that says so, never a blank one`, async ({
    page,
    portal,
    host,
    noise,
  }) => {
    noise.allowFailedRequests();
    expect(portal.url).not.toBe(host.url);
    if (config === undefined) host.app.drop("config.json");
    else host.app.write("config.json", config);
    await page.goto("/");
    await expect(heading(page, "The portal is not set up yet")).toBeVisible();
    await expect(page).toHaveTitle(/not set up/);
    await expect(page.getByRole("alert")).toHaveText(says);
    await expect(page.getByText("If you are a learner: try again in a minute.")).toBeVisible();
    await expect(page.getByText("999")).toBeVisible();
    host.app.write("config.json", JSON.stringify({ api: portal.url }));
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(heading(page, "Sign in")).toBeVisible();
    await signIn(page);
  });
}
