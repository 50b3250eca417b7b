// What a screen reader is given, page by page: landmarks, headings, names. Small on purpose.
import { at, go, open, signIn } from "../fixtures/app.ts";
import { session, work } from "../fixtures/cohort.ts";
import { declare, expectReceipt } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

test("sign in: landmarks, names, and how boxes belong together", async ({ page }) => {
  await open(page);
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - link "Skip to main content"
    - banner:
      - link "Learner portal"
      - navigation "Main":
        - list:
          - listitem:
            - link "Sign in"
          - listitem:
            - link "Staying safe online"
          - listitem:
            - link "This device"
    - main:
      - heading "Sign in" [level=1]
      - text: Learner reference
      - textbox "Learner reference"
      - text: Passphrase
      - textbox "Passphrase"
      - group "Is this a shared computer?":
        - radio "Yes, other people use it" [checked]
        - radio "No, it is mine alone"
      - button "Sign in"
      - button "Is this your first time? Use the code from your tutor"
    - contentinfo:
      - link "In danger now? Call 999."
  `);
});

test.describe("signed in", () => {
  test.beforeEach(({ page }) => signIn(page));

  test("the menu names every page, and where the learner is", async ({ page }) => {
    await expect(page.getByRole("banner")).toMatchAriaSnapshot(`
      - link "Learner portal"
      - link "Sign out"
      - navigation "Main":
        - list:
          - listitem:
            - link "Today"
          - listitem:
            - link "Deadlines"
          - listitem:
            - link "Live sessions"
          - listitem:
            - link "Declare your work"
          - listitem:
            - link "My receipts"
          - listitem:
            - link "Staying safe online"
          - listitem:
            - link "This device"
      - paragraph: /Up to date at .*/
      - button "Check now"
    `);
  });

  test("Today", async ({ page }) => {
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Today" [level=1]
      - paragraph: Hello Amina Yusuf
      - heading "1 piece of work is late" [level=2]
      - link "See what is late"
      - heading "Your next deadline" [level=2]
      - article:
        - link "${work.thisWeek.title}"
        - time: /11:59pm/
      - link "See all deadlines"
      - heading "Your next live session" [level=2]
      - article:
        - heading "${session.now.title}" [level=3]
        - link "Join ${session.now.title} (opens in a new tab)"
      - link "See all live sessions"
      - link "Declare your work"
    `);
  });

  test("Deadlines", async ({ page }) => {
    await go(page, at.deadlines);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Deadlines" [level=1]
      - combobox "Course"
      - heading "Late (1)" [level=2]
      - list:
        - listitem:
          - article:
            - heading "${work.late.title}" [level=3]:
              - link "${work.late.title}"
            - strong: Late
      - heading "This week (1)" [level=2]
      - heading "Next week (1)" [level=2]
      - heading /^Later/ [level=2]
      - heading "Done (1)" [level=2]
    `);
  });

  test("one deadline: pairs of a term and a value", async ({ page }) => {
    await go(page, at.deadline(work.extended.id));
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - link "Deadlines"
      - heading "${work.extended.title}" [level=1]
      - term: Your extension
      - definition:
        - strong:
          - time: /11:59pm/
      - term: First deadline
      - definition:
        - time: /11:59pm/
      - heading "What to hand in" [level=2]
      - link "Declare this work is yours"
      - heading "Need more time?" [level=2]
      - button "Print this page"
    `);
  });

  test("a step of the declaration: where it stands, its question, its answers", async ({ page }) => {
    await go(page, at.declare(work.extended.id, "ai"));
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - link "Back"
      - heading "Step 3 of 6, part 3 of 3 AI tools" [level=1]
      - group "This task allows AI to plan. Did you use any?":
        - radio "No, I used no AI"
        - radio "Yes, I used AI"
      - button "Save and continue"
    `);
    await page.getByRole("button", { name: "Save and continue" }).click();
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - link "Back"
      - alert:
        - heading "There is a problem" [level=2]
        - list:
          - listitem:
            - link "Say if you used AI"
      - heading "Step 3 of 6, part 3 of 3 AI tools" [level=1]
    `);
    const group = page.getByRole("group", { name: "This task allows AI to plan." });
    await expect(group).toHaveAccessibleDescription(/To plan and to find ideas is fine.*Say if you used AI/);
  });

  test("check and sign: every answer has its way back", async ({ page }) => {
    await go(page, at.declare(work.extended.id, "sign"));
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Step 5 of 6 Check and sign" [level=1]
      - link "Change The work"
      - link "Change The rules"
      - link "Change Who helped you"
      - link "Change Your sources"
      - link "Change AI tools"
      - link "Change Your files"
      - heading "What you sign" [level=2]
      - checkbox "I agree to all of this"
      - textbox "Type your full name"
      - button "Sign and send"
    `);
  });

  test("the receipt and My receipts", async ({ page }) => {
    await declare(page, work.winter.id);
    const code = await expectReceipt(page);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Step 6 of 6 We have your declaration" [level=1]
      - paragraph: Receipt code
      - paragraph: ${code}
      - term: Receipt
      - term: Received
      - term: You signed
      - heading "What happens next" [level=2]
      - button "Print this page"
      - link "My receipts"
    `);
    await go(page, at.receipts);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "My receipts" [level=1]
      - heading "Received" [level=2]
      - list:
        - listitem:
          - article:
            - heading "${work.winter.title}" [level=3]
            - strong: Received
    `);
  });

  test("Staying safe online, This device, Sign out", async ({ page }) => {
    await go(page, at.safety);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - button "Leave this page"
      - heading "Staying safe online" [level=1]
      - heading "Who to call now" [level=2]
      - term: In danger now
      - definition:
        - link "999"
      - heading "How to stay safe" [level=2]
      - article:
        - heading "Passwords" [level=3]
    `);
    await go(page, at.device);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "This device" [level=1]
      - link "Sign out"
      - group "Text size":
        - radio "Normal" [checked]
      - group "Colours":
        - radio "As this device" [checked]
      - checkbox "Use less data"
    `);
    await go(page, at.signOut);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Sign out of this device?" [level=1]
      - button "Sign out"
      - link "Stay signed in"
    `);
  });
});
