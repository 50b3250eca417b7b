import { at, go, heading, firstPartKept, open, signIn } from "./fixtures/app.ts";
import { expect, test } from "./fixtures/test.ts";

test("who to call now is there for everybody, signed in or not", async ({ page }) => {
  await open(page, at.safety);
  await expect(heading(page, "Staying safe online")).toBeVisible();
  const main = page.getByRole("main");
  for (const [name, number] of [
    ["999", "tel:999"],
    ["101", "tel:101"],
    ["0800 1111", "tel:08001111"],
  ])
    await expect(main.getByRole("link", { name, exact: true })).toHaveAttribute("href", number);
  await expect(main.getByRole("link", { name: /Report to CEOP/ })).toHaveAttribute("href", /^https:\/\/www\.ceop\./);
  await expect(main).toContainText("The safeguarding lead listens and helps.");
  await expect(main).toContainText("020 7946 0199");
});

test("a learner sees the provider's own guidance and safeguarding lead", async ({ page }) => {
  await signIn(page);
  await go(page, at.safety);
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 3, name: "Passwords" })).toBeVisible();
  await expect(main).toContainText("Version 1.0, checked on 2 November 2026");
  await expect(main).toContainText("Grace Adeyemi listens and helps.");
});

test("the page is there without a network", async ({ page, portal, noise }) => {
  noise.allowFailedRequests();
  await open(page, at.safety);
  await firstPartKept(page);
  await portal.stop();
  await open(page, at.safety);
  await expect(page.getByRole("main").getByRole("link", { name: "999" })).toBeVisible();
});

for (const how of ["the button", "Shift three times"]) {
  test(`the page can be left at once by ${how}, and Back does not come back to it`, async ({ page }) => {
    await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ contentType: "text/html", body: "Sunny" }));
    await open(page, at.safety);
    await expect(page.getByText("It cannot hide that this site was open")).toBeVisible();
    if (how === "the button") await page.getByRole("button", { name: "Leave this page" }).click();
    else for (const _ of [1, 2, 3]) await page.keyboard.press("Shift");
    await page.waitForURL("https://www.bbc.co.uk/weather");
    await page.goBack();
    expect(page.url()).not.toContain("#/safe");
  });
}
