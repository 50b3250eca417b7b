// What a screen reader is given, page by page: landmarks, headings, controls, in their order and by their names.
import type { Locator } from "@playwright/test";
import { at, go, heading, open, signIn } from "../fixtures/app.ts";
import { asksForHelp, expectReceived, send } from "../fixtures/asking.ts";
import { names, session, work } from "../fixtures/cohort.ts";
import { declare, expectReceipt, withdraw } from "../fixtures/declaration.ts";
import { outline } from "../fixtures/outline.ts";
import { expect, test } from "../fixtures/test.ts";

async function expectOutline(part: Locator, lines: (string | RegExp)[]): Promise<void> {
  const expected = lines.map((line) => (line instanceof RegExp ? expect.stringMatching(line) : line));
  await expect.poll(() => outline(part)).toEqual(expected);
}

test("sign in: landmarks, names, and how boxes belong together", async ({ page }) => {
  await open(page);
  await expectOutline(page.locator("body"), [
    'link "Skip to main content"',
    "banner",
    'link "Learner portal"',
    'navigation "Main"',
    'link "Sign in"',
    'link "Staying safe online"',
    'link "This device"',
    "main",
    'heading "Sign in" [level=1]',
    'textbox "Learner reference"',
    'textbox "Passphrase"',
    'group "Is this a shared computer?"',
    'radio "Yes, other people use it" [checked]',
    'radio "No, it is mine alone"',
    'button "Sign in"',
    'button "Is this your first time? Use the code from your tutor"',
    "contentinfo",
    'link "In danger now? Call 999."',
    'link "020 7946 0199"',
    'link "020 7946 0100"',
    'link "Staying safe online"',
    'link "Check a receipt"',
  ]);
});

test.describe("signed in", () => {
  test.beforeEach(({ page }) => signIn(page));

  test("the menu names every page", async ({ page }) => {
    await expectOutline(page.getByRole("banner"), [
      "banner",
      'link "Learner portal"',
      'link "Sign out"',
      'navigation "Main"',
      'link "Today"',
      'link "Deadlines"',
      'link "Live sessions"',
      'link "Declare your work"',
      'link "My receipts"',
      'link "Help"',
      'link "Staying safe online"',
      'link "This device"',
      'button "Check now"',
    ]);
  });

  test("Today", async ({ page }) => {
    await expect(page.getByRole("main")).toContainText(`Hello ${names.L1001}`);
    await expectOutline(page.getByRole("main"), [
      "main",
      'heading "Today" [level=1]',
      'heading "1 piece of work is late" [level=2]',
      'link "See what is late"',
      'heading "Your next deadline" [level=2]',
      "article",
      `heading "${work.thisWeek.title}" [level=3]`,
      `link "${work.thisWeek.title}"`,
      'link "See all deadlines"',
      'heading "Your next live session" [level=2]',
      "article",
      `heading "${session.now.title}" [level=3]`,
      `link "Join ${session.now.title} (opens in a new tab)"`,
      "term: No data? Join by telephone",
      `link "${session.now.telephone}"`,
      "term: PIN",
      "term: About it",
      'link "See all live sessions"',
      `heading "Are you at “${session.now.title}”?" [level=2]`,
      'button "I am here"',
      'heading "New for you" [level=2]',
      `link "Check what you understood: ${session.past.title}"`,
      'link "5 safety pages to read"',
      'link "9 policies to read"',
      'link "Declare your work"',
      'link "Ask for help"',
    ]);
  });

  test("My attendance: what it comes to, how that is counted, and each session an article", async ({ page }) => {
    await go(page, at.attendance);
    await expectOutline(page.getByRole("main"), [
      "main",
      'link "Live sessions"',
      'heading "My attendance" [level=1]',
      'heading "How we count" [level=2]',
      'link "Is something wrong here? Ask your tutor"',
      'heading "Each session" [level=2]',
      "article",
      `heading "${session.past.title}" [level=3]`,
      `link "Why I missed it: ${session.past.title}"`,
      'button "Print this page"',
    ]);
  });

  test("Deadlines: each group a heading with its count, each piece of work an article with a heading", async ({
    page,
  }) => {
    await go(page, at.deadlines);
    const card = (title: string) => ["article", `heading "${title}" [level=3]`, `link "${title}"`];
    await expectOutline(page.getByRole("main"), [
      "main",
      'heading "Deadlines" [level=1]',
      'combobox "Course"',
      'heading "Late (1)" [level=2]',
      ...card(work.late.title),
      'heading "This week (1)" [level=2]',
      ...card(work.thisWeek.title),
      'heading "Next week (1)" [level=2]',
      ...card(work.nextWeek.title),
      'heading "Later (5)" [level=2]',
      ...[work.extended, work.group, work.allDay, work.summer, work.winter].flatMap(({ title }) => card(title)),
      'heading "Done (1)" [level=2]',
      ...card(work.cancelled.title),
      'button "Print this page"',
    ]);
  });

  test("one deadline: pairs of a term and a value", async ({ page }) => {
    await go(page, at.deadline(work.extended.id));
    await expectOutline(page.getByRole("main"), [
      "main",
      'link "Deadlines"',
      `heading "${work.extended.title}" [level=1]`,
      ...["Your extension", "First deadline", "Why it was extended", "Course", "How", "AI", "Attempts"].map(term),
      ...["Awarding body", "Feedback promised by"].map(term),
      'heading "What to hand in" [level=2]',
      'link "More about it (learn.example.org, 2.3 MB) (opens in a new tab)"',
      'link "Declare this work is yours"',
      'link "Report this link"',
      'link "Ask for this in another format"',
      'button "Add this deadline to a calendar"',
      'link "All deadlines in your calendar"',
      'link "Two weeks on one sheet, to print"',
      'heading "Need more time?" [level=2]',
      'link "Ask for more time"',
      'link "020 7946 0150"',
      'link "sam.okafor@example.org"',
      'link "020 7946 0153"',
      'link "morag.sinclair@example.org"',
      'link "About this course"',
      'button "Print this page"',
    ]);
  });

  test("a step of the declaration: where it stands, its question, its answers, its error", async ({ page }) => {
    await go(page, at.declare(work.extended.id, "ai"));
    const form = [
      'heading "Step 3 of 6, part 3 of 3 AI tools" [level=1]',
      'group "This task allows AI to plan. Did you use any?"',
      'radio "No, I used no AI"',
      'radio "Yes, I used AI"',
      'button "Save and continue"',
    ];
    await expectOutline(page.getByRole("main"), ["main", 'link "Back"', ...form]);
    await page.getByRole("button", { name: "Save and continue" }).click();
    await expectOutline(page.getByRole("main"), [
      "main",
      'link "Back"',
      "alert",
      'heading "There is a problem" [level=2]',
      'link "Say if you used AI"',
      ...form,
    ]);
    const group = page.getByRole("group", { name: "This task allows AI to plan." });
    await expect(group).toHaveAccessibleDescription(/To plan and to find ideas is fine.*Say if you used AI/);
  });

  test("check and sign: every answer has its way back", async ({ page }) => {
    await go(page, at.declare(work.extended.id, "sign"));
    const steps = ["The work", "The rules", "Who helped you", "Your sources", "AI tools", "Your files"];
    await expectOutline(page.getByRole("main"), [
      "main",
      'link "Back"',
      'heading "Step 5 of 6 Check and sign" [level=1]',
      ...steps.flatMap((step) => [term(step), `link "Change ${step}"`]),
      'heading "What you sign" [level=2]',
      'checkbox "I agree to all of this"',
      'textbox "Type your full name"',
      'button "Sign and send"',
    ]);
  });

  test("the receipt, and My receipts", async ({ page }) => {
    await declare(page, work.winter.id);
    await expectReceipt(page);
    await expectOutline(page.getByRole("main"), [
      "main",
      'heading "Step 6 of 6 We have your declaration" [level=1]',
      'link "Check a receipt"',
      ...["Work", "Received", "You signed", "Fingerprint of what you signed", "Signed by our service"].map(term),
      'heading "What happens next" [level=2]',
      'button "Print this page"',
      'link "My receipts"',
      'heading "Was something not right?" [level=2]',
      'link "Withdraw this declaration"',
    ]);
    await go(page, at.receipts);
    await expectOutline(page.getByRole("main"), [
      "main",
      'heading "My receipts" [level=1]',
      'heading "Received" [level=2]',
      "article",
      `heading "${work.winter.title}" [level=3]`,
      `link "${work.winter.title}"`,
    ]);
  });

  test("withdrawing: what it does and does not, before what is signed", async ({ page, portal, noise }) => {
    noise.allowFailedRequests();
    await declare(page, work.winter.id);
    await expectReceipt(page);
    await portal.stop();
    await page.getByRole("link", { name: "Withdraw this declaration" }).click();
    await expectOutline(page.getByRole("main"), [
      "main",
      'link "Back"',
      'heading "Withdraw your declaration" [level=1]',
      'heading "What withdrawing does" [level=2]',
      'heading "What it does not do" [level=2]',
      'textbox "Why do you withdraw it? (You do not have to say)"',
      'heading "What you sign" [level=2]',
      'checkbox "I agree to all of this"',
      'textbox "Type your full name"',
      'button "Sign and withdraw"',
    ]);
    await page.getByRole("link", { name: "Back" }).click();
    await withdraw(page);
    await expectOutline(page.getByRole("main"), [
      "main",
      'heading "You withdrew this declaration" [level=1]',
      'link "Check a receipt"',
      ...["Work", "Received", "You signed", "Fingerprint of what you signed", "Signed by our service"].map(term),
      'button "Print this page"',
      'link "My receipts"',
    ]);
  });

  test("checking a receipt: a box and its answer, with a heading of its own", async ({ page }) => {
    await declare(page, work.winter.id);
    const code = await expectReceipt(page);
    await page.getByRole("main").getByRole("link", { name: "Check a receipt" }).click();
    const form = (typed: string) => [
      ...["main", 'heading "Check a receipt" [level=1]'],
      ...[`textbox "Receipt code"${typed}`, 'button "Check"'],
    ];
    await expectOutline(page.getByRole("main"), form(""));
    await page.getByLabel("Receipt code").fill(code);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expectOutline(page.getByRole("main"), [
      ...form(`: ${code}`),
      'heading "We have this declaration" [level=2]',
      ...[
        "Receipt code",
        "Work",
        "Received",
        "Assessor signed",
        "Withdrawn",
        "Fingerprint",
        "Signed by our service",
      ].map(term),
    ]);
  });

  test("Staying safe online: who to call, each number with what it is for", async ({ page }) => {
    await go(page, at.safety);
    const all = await outline(page.getByRole("main"));
    expect(all.slice(0, all.indexOf('heading "Passwords" [level=3]'))).toEqual([
      "main",
      'button "Leave this page"',
      'heading "Staying safe online" [level=1]',
      'heading "Who to call now" [level=2]',
      term("In danger now"),
      'link "999"',
      term("Not an emergency"),
      'link "101"',
      term("Under 18, and somebody is sexual with you online"),
      'link "Report to CEOP (opens in a new tab)"',
      term("Under 19, and you want to talk"),
      'link "0800 1111"',
      term("Our safeguarding lead"),
      'link "020 7946 0160"',
      'link "Email safeguarding@example.org"',
      'link "Report a concern"',
      'heading "How to stay safe" [level=2]',
      "article",
    ]);
  });

  test("Staying safe online: the guidance's own headings stand below its title", async ({ page }) => {
    await go(page, at.safety);
    const guide = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "Passwords" }) });
    await expect(guide.getByRole("heading", { level: 3 })).toHaveText(["Passwords"]);
    await expect(guide.getByRole("heading", { level: 2 })).toHaveCount(0);
    expect(await guide.getByRole("heading", { level: 4 }).count()).toBeGreaterThan(0);
  });

  test("Help: what to ask for, then who answers, each by name with whether they do now", async ({ page }) => {
    await go(page, at.help);
    await expect(heading(page, "Help")).toBeVisible();
    const all = await outline(page.getByRole("main"));
    const person = (name: string, number: string, address: string) => [
      "article",
      `heading "${name}" [level=3]`,
      `link "${number}"`,
      `link "Email ${address}"`,
      `link "Ask ${name} to call you"`,
    ];
    expect(all.slice(0, 22)).toEqual([
      "main",
      'heading "Help" [level=1]',
      'link "Your requests"',
      'heading "Ask for something" [level=2]',
      'link "Ask us to call you"',
      'link "Get help with learning"',
      'link "Talk about something personal (private)"',
      'link "Get help to get online: a device, data, a place, skills"',
      'link "My study time was cancelled (private)"',
      'link "Ask for another format"',
      'link "Report an accessibility problem"',
      'heading "Tell us about a worry" [level=2]',
      'link "Report a concern about safety (private)"',
      'link "Report how somebody behaved"',
      'link "Report something wrong in our material"',
      'heading "Who to call" [level=2]',
      ...person("Helen Price", "020 7946 0151", "helen.price@example.org"),
      "article",
    ]);
    const support = person("Learner support team", "020 7946 0161", "support@example.org");
    expect(all.join("\n")).toContain(support.join("\n"));
    expect(all.slice(-3)).toEqual([
      'link "Accessibility"',
      'heading "By telephone or on paper" [level=2]',
      'button "Print this page"',
    ]);
  });

  test("the form of a request: its boxes, what is left out, and one that waits with whom to call", async ({
    page,
    portal,
    noise,
  }) => {
    noise.allowFailedRequests();
    await portal.stop();
    await go(page, at.ask("get-online"));
    const form = [
      'heading "Get help to get online" [level=1]',
      'group "What do you need?"',
      'checkbox "A device to work on"',
      'checkbox "Data or an internet connection"',
      'checkbox "A place to work"',
      'checkbox "Somebody to show me how"',
      'textbox "Do you want to add something? (You do not have to)"',
      'textbox "A number to call you (you do not have to give one)"',
      'button "Send"',
    ];
    await expectOutline(page.getByRole("main"), ["main", 'link "Help"', ...form]);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const alert = ["alert", 'heading "There is a problem" [level=2]', 'link "Choose what you need"'];
    await expectOutline(page.getByRole("main"), ["main", 'link "Help"', ...alert, ...form]);
    await page.getByRole("checkbox", { name: "A place to work" }).check();
    await send(page);
    const all = await outline(page.getByRole("main"));
    expect(all.slice(0, 5)).toEqual([
      "main",
      'link "Your requests"',
      'heading "Saved on this device. Not sent yet" [level=1]',
      'heading "Can’t it wait? Call now" [level=2]',
      "article",
    ]);
  });

  test("one request and Your requests: each step with who and when, and the ways on", async ({ page }) => {
    await asksForHelp(page);
    await expectReceived(page, "Help with learning");
    await expectOutline(page.getByRole("main"), [
      "main",
      'link "Your requests"',
      'heading "Help with learning" [level=1]',
      term("We answer by"),
      'heading "What happened" [level=2]',
      'heading "Add a message" [level=2]',
      'textbox "Your message"',
      'button "Send the message"',
      'heading "Withdraw this request" [level=2]',
      'button "Withdraw this request"',
    ]);
    await go(page, at.requests);
    await expectOutline(page.getByRole("main"), [
      "main",
      'link "Help"',
      'heading "Your requests" [level=1]',
      'heading "Received" [level=2]',
      "article",
      'heading "Help with learning" [level=3]',
      'link "Help with learning"',
      'link "Ask for something"',
    ]);
  });

  test("This device, and Sign out", async ({ page }) => {
    await go(page, at.device);
    await expectOutline(page.getByRole("main"), [
      "main",
      'heading "This device" [level=1]',
      'link "Sign out"',
      'button "Lock now"',
      'heading "Not sent yet" [level=2]',
      'link "Hand in a copy from another device"',
      'link "Your data"',
      'link "All deadlines in your calendar"',
      'link "Two weeks on one sheet, to print"',
      'group "Text size"',
      'radio "Normal" [checked]',
      ...["Large", "Larger", "Largest"].map((size) => `radio "${size}"`),
      'group "Colours"',
      'radio "As this device" [checked]',
      ...["Light", "Dark"].map((colours) => `radio "${colours}"`),
      'heading "Data" [level=2]',
      /^term: Used in [A-Z][a-z]+ \d{4}, on this device$/,
      term("The month before"),
      'checkbox "Use less data"',
      'heading "What is kept here" [level=2]',
      'heading "What this browser promises" [level=2]',
      ...["If the device runs out of room", "If the power goes off", "If you have several tabs"].map(term),
      'heading "Sign out everywhere" [level=2]',
      'button "Sign out everywhere"',
      'link "Accessibility"',
    ]);
    await go(page, at.signOut);
    await expectOutline(page.getByRole("main"), [
      "main",
      'heading "Sign out of this device?" [level=1]',
      'button "Sign out"',
      'link "Stay signed in"',
    ]);
  });
});

function term(name: string): string {
  return `term: ${name}`;
}
