// A worry about safety: whom to call first, then a way to write that nobody else reads (C17).
import { at, go, heading, kept, open, signIn, stored } from "../fixtures/app.ts";
import { NOT_SENT, checkNow, expectReceived, send } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/test.ts";

const WORRY = "He asks for pictures of me";

test("C17: a concern written without a network says whom to call, is sealed, and reaches the safeguarding lead alone", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const heard: string[] = [];
  page.on("console", (message) => heard.push(message.text()));
  const lead = portal.staff("safeguarding-lead", "Grace Adeyemi");
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page, "L1001", "shared");
  await kept(page);
  await portal.stop();
  await go(page, at.safety);
  await page.getByRole("link", { name: "Report a concern" }).click();
  await expect(heading(page, "Report a concern")).toBeVisible();
  const main = page.getByRole("main");
  await expect(main.getByRole("button", { name: "Leave this page" })).toBeVisible();
  // Who to call stands before the form; CEOP is for the young and for one kind of harm alone.
  const numbers = main.getByRole("link", { name: /^(999|101|0800 1111)$/ });
  await expect(numbers).toHaveCount(3);
  await expect(main).toContainText("Under 18, and somebody is sexual with you online");
  const box = page.getByLabel("What worries you?");
  const above = await numbers.first().evaluate(
    (link, box) => {
      const follows = link.compareDocumentPosition(box as Node) & Node.DOCUMENT_POSITION_FOLLOWING;
      return follows !== 0;
    },
    await box.elementHandle(),
  );
  expect(above).toBe(true);
  await box.fill(WORRY);
  const titles = [await page.title()];
  const id = await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  await expect(numbers).toHaveCount(3);
  await expect(main.getByRole("button", { name: "Leave this page" })).toBeVisible();
  await expect(main).not.toContainText(WORRY);
  titles.push(await page.title());
  expect(await stored(page)).not.toContain(WORRY);
  await go(page, at.requests);
  await expect(page.getByRole("article")).toContainText("A private request");

  await portal.start();
  await go(page, at.request(id));
  await expectReceived(page, /A private request$/);
  // Its learner reads it here, with their own key.
  await expect(main).toContainText(WORRY);
  titles.push(await page.title());
  expect((await lead.read(id)).request.said[0].says?.text).toBe(WORRY);
  expect(await tutor.requests()).toEqual([]);
  await expect(tutor.read(id)).rejects.toThrow("404");
  await lead.answer(id, { text: "Thank you for telling me. I call you today." });
  await checkNow(page);
  await expect(main).toContainText("Thank you for telling me. I call you today.");
  await page.getByLabel("Your message").fill("Please call after five.");
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(main.locator("ol > li")).toHaveCount(3);
  await expect(main).toContainText("Please call after five.");
  expect((await lead.read(id)).request.said[2].says?.text).toBe("Please call after five.");
  expect(await stored(page)).not.toContain(WORRY);
  expect([...titles, page.url(), ...heard].join(" ")).not.toMatch(/concern|worr|picture/i);
});

test("C17: whoever is not signed in sees whom to call, and signs in to write", async ({ page }) => {
  await open(page, at.safety);
  await page.getByRole("link", { name: "Report a concern" }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
});

test("C17: where the provider takes nothing private here, it is said before anything is written, with whom to call", async ({
  page,
}) => {
  await page.route("**/api/v1/session", async (route) => {
    const answer = await route.fetch();
    const who = JSON.parse((await answer.text()) || "{}") as Record<string, unknown>;
    delete who.confidential;
    delete who.reading_key;
    await route.fulfill({ response: answer, body: JSON.stringify(who) });
  });
  await signIn(page);
  await go(page, at.ask("tell"));
  await expect(page.getByText("Your provider takes no private messages here.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "999" })).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expectAccessible(page, "nothing private is taken");
});
