// C14: what is promised to learners who need something else, what does not work yet, and how to say so.
import { at, go, heading, kept, open, signIn } from "../fixtures/app.ts";
import { NOT_SENT, checkNow, expectReceived, requestOf, send } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/test.ts";

test("C14: nobody is signed in, and the statement says what is promised, what does not work yet, and whom to call", async ({
  page,
}) => {
  await open(page, at.device);
  await page.getByRole("link", { name: "Accessibility", exact: true }).click();
  await expect(heading(page, "Accessibility")).toBeFocused();
  await expect(page).toHaveTitle("Accessibility - Learner portal");
  const main = page.getByRole("main");
  await expect(main).toContainText("WCAG 2.2, level AA");
  await expect(page.getByRole("heading", { name: "What does not work yet" })).toBeVisible();
  await expect(main).toContainText("We have not tried VoiceOver, NVDA or JAWS.");
  await expect(main).toContainText("We last tested all of it on 27 November 2026");
  await expect(main.getByRole("link", { name: /^0\d[\d ]+$/ })).toHaveAttribute("href", /^tel:/);
  await expect(main).toContainText("To write to us you sign in first.");
  await expectAccessible(page, "the accessibility statement");
});

test("C14: without a network a learner reads the statement, says what does not work and asks for another format; the provider agrees one", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.help);
  await page.getByRole("link", { name: "Accessibility", exact: true }).click();
  await expect(heading(page, "Accessibility")).toBeFocused();
  await page.getByRole("main").getByRole("link", { name: "Report an accessibility problem" }).click();
  await page.getByLabel("What does not work for you, and where?").fill("The dates are read twice.");
  await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  const problem = requestOf(page);
  await go(page, at.accessibility);
  await page.getByRole("main").getByRole("link", { name: "Ask for another format" }).click();
  await page.getByLabel("What do you need in another format?").fill("The welding handbook");
  await page.getByLabel("Which format do you need?").fill("Large print");
  await send(page);
  const format = requestOf(page);

  await portal.start();
  await checkNow(page);
  await expectReceived(page, "Another format: The welding handbook");
  const support = portal.staff("learner-support", "Lou Grant");
  await support.answer(problem, { text: "We mend this next week. Until then, call us." });
  await support.answer(format, { decision: { agreed: { what: "We post it in large print.", from: "2026-12-01" } } });
  await checkNow(page);
  await expect(page.getByText("We post it in large print. From Tuesday 1 December 2026 on.")).toBeVisible();
  await go(page, at.request(problem));
  await expect(page.getByText("We mend this next week. Until then, call us.")).toBeVisible();
});
