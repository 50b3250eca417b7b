// What was understood of a session: asked, answered without a network too, shown at once, and told to the tutor (C10).
import { at, go, heading, kept, signIn } from "../fixtures/app.ts";
import { checkNow, edit } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { check, session } from "../fixtures/cohort.ts";
import { expect, test } from "../fixtures/test.ts";

const TITLE = "Check what you understood";
const ID = "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0a901";

test("C10: without a network a learner answers the questions on a session and sees at once what is right; it arrives once, and the tutor sees it", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.live);
  await page.getByRole("link", { name: `${TITLE}: ${session.past.title}` }).click();
  await expect(heading(page, TITLE)).toBeFocused();
  await expect(page.getByRole("main")).toContainText(
    "The session is over. You can still answer, and it counts as well.",
  );
  await page.getByRole("button", { name: "Send my answers" }).click();
  const faults = page.getByRole("alert");
  await expect(faults).toBeFocused();
  await faults.getByRole("link", { name: "Choose an answer to question 1" }).click();
  await expect(page.getByRole("radio", { name: "Sunglasses" })).toBeFocused();
  await edit(page, () => page.getByRole("radio", { name: check.one.right }).check());
  await edit(page, () => page.getByRole("checkbox", { name: "Oil" }).check());
  await edit(page, () => page.getByLabel(check.text.question).fill("Sparks hurt."));
  // Nothing that was answered is lost with the page.
  await page.reload();
  await expect(page.getByRole("radio", { name: check.one.right })).toBeChecked();
  await expect(page.getByLabel(check.text.question)).toHaveValue("Sparks hurt.");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();
  const card = (question: string) =>
    page.getByRole("article").filter({ has: page.getByRole("heading", { level: 2, name: question }) });
  const outcome = async () => {
    await expect(page.getByText("1 of 2 right")).toBeVisible();
    await expect(card(check.one.question)).toContainText("Right");
    await expect(card(check.one.question)).toContainText(check.one.why);
    await expect(card(check.several.question)).toContainText("Not right");
    await expect(card(check.several.question)).toContainText("Paper");
    await expect(card(check.text.question)).toContainText(check.text.why);
  };
  await outcome();
  await page.reload();
  await outcome();

  await portal.start();
  await checkNow(page);
  await expect(page.getByText(/^You answered on /)).toBeVisible({ timeout: 60_000 });
  await outcome();
  await expect(card(check.text.question)).toContainText("Sparks hurt.");
  await expect(page.getByText("The session was over by then. It counts as well.")).toBeVisible();
  await expect(page.getByRole("banner")).not.toContainText("not sent yet");
  const answers = await tutor.answers("weld-past");
  expect([answers.answered, answers.catch_up]).toEqual([1, 1]);
  expect(answers.questions.map(({ right, chosen }) => [right, chosen])).toEqual([
    [1, [0, 1, 0]],
    [0, [1, 0, 0]],
    [0, []],
  ]);
  expect(answers.questions[2].texts).toMatchObject([{ learner_name: "Amina Yusuf", text: "Sparks hurt." }]);
  expect(answers.not_answered).toEqual([{ learner: "L1002", learner_name: "Jack Taylor" }]);
  portal.command("verify-log");
});

test("C10: the tutor sets a check while the session is on; the learner answers it, and it is not asked before a session", async ({
  page,
  portal,
}) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  const question = {
    kind: "one",
    question: "Which gas?",
    choices: [{ text: "Argon", right: true }, { text: "Helium" }],
    explanation: "Argon keeps the air away.",
  };
  await tutor.setCheck({ id: ID, webinar: "weld-now", questions: [question] });
  await tutor.setCheck({ webinar: "weld-next", questions: [question] });
  await checkNow(page);
  await go(page, at.live);
  await expect(page.getByRole("link", { name: `${TITLE}: ${session.next.title}` })).toHaveCount(0);
  await page.getByRole("link", { name: `${TITLE}: ${session.now.title}` }).click();
  await page.getByRole("radio", { name: "Argon" }).check();
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByText("1 of 1 right")).toBeVisible();
  await expect(page.getByText(/^You answered on /)).toBeVisible();
  await expect(page.getByText("The session was over by then.")).toHaveCount(0);
  await go(page, at.live);
  await expect(page.getByRole("link", { name: `See your answers: ${session.now.title}` })).toBeVisible();
  await go(page, at.questions("weld-next"));
  await expect(page.getByRole("main")).toContainText("You can answer when the session has begun");
});

test("C10: the questions by the keyboard alone", async ({ page }) => {
  await signIn(page);
  await go(page, at.questions("weld-past"));
  await expect(heading(page, TITLE)).toBeFocused();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("Tab", "Space", "ArrowDown");
  await expect(page.getByRole("radio", { name: check.one.right })).toBeChecked();
  await press("Tab", "Space", "Tab", "Space", "Tab", "Tab");
  await page.keyboard.type("Heat.");
  await press("Tab", "Enter");
  await expect(page.getByText("2 of 2 right")).toBeVisible();
});

test("the questions on a session in every state: axe in both themes", async ({ page }) => {
  await signIn(page);
  for (const id of ["weld-past", "weld-next", "none"]) {
    await go(page, at.questions(id));
    await expectAccessible(page, `the check of ${id}`);
  }
  await go(page, at.questions("weld-past"));
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expectAccessible(page, "a check with faults");
  await page.getByRole("radio", { name: "Sunglasses" }).check();
  await page.getByRole("checkbox", { name: "Paper" }).check();
  await page.getByLabel(check.text.question).fill("Heat.");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByText("0 of 2 right")).toBeVisible();
  await expectAccessible(page, "a check that is answered");
});
