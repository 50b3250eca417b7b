// What learners say of sessions, and that it reaches those who teach and those who look at quality (C13, C15).
import { at, go, heading, kept, signIn } from "../fixtures/app.ts";
import { checkNow, edit } from "../fixtures/asking.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { session } from "../fixtures/cohort.ts";
import { expect, test } from "../fixtures/test.ts";

const TITLE = "What was this session like?";
const HELPED = "What helped you? (You do not have to say)";

test("C13 and C15: without a network a learner says what a session was like; it reaches the tutor without a name, and can be changed", async ({
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
  await page.getByRole("link", { name: `Say what it was like: ${session.past.title}` }).click();
  await expect(heading(page, TITLE)).toBeFocused();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("alert").getByRole("link", { name: "Choose how clear it was" }).click();
  await expect(page.getByRole("radio", { name: "I understood all of it" })).toBeFocused();
  await edit(page, () => page.getByRole("radio", { name: "I understood some of it" }).check());
  await edit(page, () => page.getByLabel(HELPED).fill("The film of the arc."));
  await page.reload();
  await expect(page.getByLabel(HELPED)).toHaveValue("The film of the arc.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText(/^Saved on this device\. Not sent yet\./)).toBeFocused();

  await portal.start();
  await checkNow(page);
  await expect(page.getByText(/^It arrived on /)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("main")).toContainText("The film of the arc.");
  await expect(page.getByRole("main")).toContainText("They do not see it");
  expect(await tutor.feedback("weld-past")).toEqual([{ clear: "some", helped: "The film of the arc." }]);

  // A second thought, with the name.
  await page.getByRole("button", { name: "Change what I said" }).click();
  await expect(page.getByRole("radio", { name: "I understood some of it" })).toBeChecked();
  await expect(page.getByLabel(HELPED)).toHaveValue("The film of the arc.");
  await page.getByRole("radio", { name: "I understood most of it" }).check();
  await page.getByRole("checkbox", { name: "You may tell them that I said this" }).check();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("main")).toContainText("They may see it", { timeout: 60_000 });
  const by = { learner: "L1001", learner_name: "Amina Yusuf" };
  expect(await tutor.feedback("weld-past")).toEqual([{ clear: "most", helped: "The film of the arc.", by }]);
  expect(portal.sql("SELECT COUNT(*) FROM act WHERE kind = 'rate'")).toEqual([[2]]);
  await expect(page).toHaveTitle(`${TITLE} - Learner portal`);
  await go(page, at.live);
  await expect(page.getByRole("link", { name: `See what you said of it: ${session.past.title}` })).toBeVisible();
});

test("a session that has not begun, or is not there, says so", async ({ page }) => {
  await signIn(page);
  await go(page, at.session("weld-next"));
  await expect(page.getByRole("main")).toContainText("You can say it when the session has begun");
  await go(page, at.session("none"));
  await expect(page.getByRole("main")).toContainText("This session is not on this device");
});

test("what a session was like, in every state: axe in both themes", async ({ page }) => {
  await signIn(page);
  for (const id of ["weld-past", "weld-next", "none"]) {
    await go(page, at.session(id));
    await expectAccessible(page, `the session ${id}`);
  }
  await go(page, at.session("weld-past"));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expectAccessible(page, "a rating with faults");
  await page.getByRole("radio", { name: "I understood very little" }).check();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText(/^It arrived on /)).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page, "a rating that has arrived");
});
