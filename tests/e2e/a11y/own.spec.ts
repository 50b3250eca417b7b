// The pages that are a learner's own: each without a fault that axe can find, each walked from end to end by the Tab key, and what
// a screen reader is given of those that snapshots.spec.ts leaves out.
import type { Page } from "@playwright/test";
import { at, heading, open, signIn, upToDate } from "../fixtures/app.ts";
import { expectAccessible } from "../fixtures/axe.ts";
import { check, session, work } from "../fixtures/cohort.ts";
import { spokenDay } from "../fixtures/dates.ts";
import { outline } from "../fixtures/outline.ts";
import { expect, test } from "../fixtures/test.ts";

type Line = string | RegExp;
const quoted =
  (role: string, state = "") =>
  (name: string) =>
    `${role} "${name}"${state}`;
const [h1, h2, h3, h4] = [1, 2, 3, 4].map((level) => quoted("heading", ` [level=${level}]`));
const [link, button, textbox, group] = ["link", "button", "textbox", "group"].map((role) => quoted(role));
const [radio, checkbox] = ["radio", "checkbox"].map((role) => quoted(role));
const term = (name: string) => `term: ${name}`;
const print = button("Print this page");

/** What can be used, in the order of reading, and of a group of radio buttons the one that Tab goes to. */
function controls(): Element[] {
  const all = document.querySelectorAll<HTMLInputElement>("a[href], button, input, select, textarea");
  const usable = [...all].filter(
    (control) => !control.disabled && control.checkVisibility({ visibilityProperty: true }),
  );
  const first = new Map<string, HTMLInputElement>();
  for (const control of usable)
    if (control.type === "radio" && (control.checked || !first.has(control.name))) first.set(control.name, control);
  return usable.filter((control) => control.type !== "radio" || first.get(control.name) === control);
}

/** Presses Tab from the page's start to its end. Every stop is seen, in view, not covered, named, and comes once. */
async function walk(page: Page): Promise<void> {
  const due = await page.evaluateHandle(controls);
  const total = await due.evaluate((due) => due.length);
  // Of a box for a date a part of it has the focus.
  const focused = page.locator(":focus, input:focus-within");
  const stops: number[] = [];
  // From before the first: the pages that come late have the focus on their heading.
  await page.getByRole("link", { name: "Skip to main content" }).focus();
  await page.keyboard.press("Shift+Tab");
  // A box for a date has a stop for each of its parts, and a button: more presses than stops, but not many.
  for (let presses = 0; presses < total + 20; presses++) {
    await page.keyboard.press("Tab");
    const [stop, parts, what] = await due.evaluate((due) => {
      const element = document.activeElement as HTMLInputElement;
      return [due.indexOf(element), element.type === "date", element.outerHTML.slice(0, 100)] as const;
    });
    if (parts && stops.at(-1) === stop) continue;
    // Behind the last the browser's own controls would come, or where it shows none the first again.
    if (stop < 0 ? what.startsWith("<body") : stop === 0 && stops.length > 1) break;
    expect(stops, `the focus comes again to ${what}`).not.toContain(stop);
    stops.push(stop);
    await expect(focused).toBeVisible();
    await expect(focused, what).toHaveAccessibleName(/\S/);
    await expect.poll(() => focused.evaluate(look), what).toBe("seen");
  }
  expect(stops).toEqual([...Array(total).keys()]);
}

function look(element: Element): string {
  const box = element.getBoundingClientRect();
  // Of a box for a longer text the browser brings only the line into view that is written next.
  const bottom = element.tagName === "TEXTAREA" ? box.top + 44 : box.bottom;
  // Less than a pixel is rounding.
  const inView = box.top > -1 && box.left > -1 && bottom < innerHeight + 1 && box.right < innerWidth + 1;
  const [line] = element.getClientRects(); // a link may go over several
  const above = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
  const covered = !element.contains(above) && !above?.contains(element);
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const outlined = outlineStyle !== "none" && outlineWidth !== "0px";
  return `${inView ? "" : "out of view, "}${covered ? "covered, " : ""}${outlined ? "" : "no outline, "}seen`;
}

/** What is promised of a page; `main` is its outline, where snapshots.spec.ts has none: one with dates is drawn when the test begins. */
function ownPage(title: string, address: string, main?: Line[] | (() => Line[])): void {
  test(`${title}: no fault that axe finds, every control reached by Tab${main ? ", and an outline" : ""}`, async ({
    page,
  }) => {
    await signIn(page);
    await open(page, address);
    await expect(heading(page, title)).toBeVisible();
    await upToDate(page); // news draw lists anew
    // First, as what is asked of the server for a page comes later than the page.
    const due = typeof main === "function" ? main() : main;
    const lines = due?.map((line) => (line instanceof RegExp ? expect.stringMatching(line) : line));
    if (lines) await expect.poll(() => outline(page.getByRole("main"))).toEqual(["main", ...lines]);
    await walk(page);
    await expectAccessible(page, title);
  });
}

/** The example's pages of guidance, with what their texts lead to. */
const guidance: [title: string, changed: boolean, ...text: string[]][] = [
  ["Passwords", false, ...["Make a good password", "Keep it safe", "If someone knows it"].map(h4)],
  [
    "Strangers and messages",
    false,
    ...["Before you answer", "Warning signs", "What to do"].map(h4),
    ...["safeguarding lead on 020 7946 0160", "999"].map(link),
  ],
  [
    "Sharing pictures",
    true,
    ...["Before you share", "Pictures of bodies", "If a picture is already out"].map(h4),
    ...["safeguarding lead on 020 7946 0160", "safeguarding@example.org"].map(link),
  ],
  [
    "Bullying online",
    false,
    h4("If it happens to you"),
    link("safeguarding lead on 020 7946 0160"),
    ...["If you see it", "In our live sessions"].map(h4),
  ],
  ["Scams", false, ...["Signs of a scam", "What to do", "If you paid or gave a password"].map(h4)],
];

ownPage("My attendance", at.attendance);

ownPage("Check what you understood", at.questions("weld-past"), [
  ...[link("Live sessions"), h1("Check what you understood")],
  ...[group(`1. ${check.one.question}`), ...["Sunglasses", check.one.right, "Nothing"].map(radio)],
  ...[group(`2. ${check.several.question}`), ...["Oil", "Paper", "Steel"].map(checkbox)],
  ...[textbox(`3. ${check.text.question}`), button("Send my answers")],
]);

ownPage("What was this session like?", at.session("weld-past"), [
  ...[link("Live sessions"), h1("What was this session like?")],
  link("Are you worried about your safety? Report a concern instead."),
  group("How clear was it?"),
  ...["all of it", "most of it", "some of it", "very little"].map((much) => radio(`I understood ${much}`)),
  textbox("What helped you? (You do not have to say)"),
  textbox("What should we change? (You do not have to say)"),
  ...[checkbox("You may tell them that I said this"), button("Send")],
  link(`Check what you understood: ${session.past.title}`),
]);

ownPage("Study time", at.study, [
  ...[link("Your courses"), h1("Study time")],
  /^heading "This week, from Monday \d{1,2} \w+ \d{4}" \[level=2\]$/,
  ...["Planned", "Taken"].map(term),
  ...[h2("Add study time"), /^textbox "Which day\?": \d{4}-\d\d-\d\d$/, 'spinbutton "How many minutes?"'],
  ...[textbox("What did you do? (You do not have to say)"), button("Add")],
  ...[h2("Your plan"), button("Change your plan"), h2("Week by week"), h2("Was your study time cancelled?")],
  ...["My study time was cancelled", "Your requests", "Show it to your employer or mentor"].map(link),
  print,
]);

ownPage("Show a page to somebody", at.sharing, [
  ...[link("Your courses"), h1("Show a page to somebody"), h2("Pages you made"), h2("Make a page")],
  ...[textbox("For whom is it?"), group("What do you want to show?")],
  ...["Deadlines to come", "Sessions to come", "Study time, planned and taken"].map(checkbox),
  ...[group("For how long?"), ...["1 week", "4 weeks", "3 months"].map(radio), button("Make the page")],
]);

ownPage("Your calendar", at.my("calendar"), [
  h1("Your calendar"),
  h2("Who can see it?"),
  button("Make a secret address"),
  h2("How to add it"),
]);

ownPage("Your two weeks", at.my("week"), () => {
  // What falls on one day is under one heading.
  const days = [...new Set([work.thisWeek.day, session.next.day, work.nextWeek.day])].sort();
  return [
    ...[h1("Your two weeks"), print, h2("Late"), ...days.map((day) => h2(spokenDay(day))), h2("Who to call")],
    ...["0151", "0152", "0150", "0153", "0161", "0162", "0160"].map((end) => link(`020 7946 ${end}`)),
    ...["999", "101", "0800 1111"].map(link),
    h2("My work is my own (to sign by hand)"),
  ];
});

ownPage("Your data", at.my("data"), [
  h1("Your data"),
  ...[/^button "Save a page to read \(.+B\)"$/, /^button "Save a file for computers \(.+B\)"$/],
  h2("How long we keep it"),
  ...["Digital Skills", "Functional Skills Maths", "Welding Level 2"].map(term),
]);

ownPage("Accessibility", at.accessibility, [
  ...[h1("Accessibility"), h2("What you can do"), link("This device")],
  ...[h2("What does not work yet"), h2("How we tested it"), h2("Tell us")],
  ...[link("Report an accessibility problem"), link("Ask for another format"), h2("Call us")],
  ...["020 7946 0100", "www.equalityadvisoryservice.com (opens in a new tab)"].map(link),
]);

ownPage("Safety pages to read", at.reading, [
  ...[link("Staying safe online"), h1("Safety pages to read"), h2("To read")],
  ...guidance.flatMap(([title, changed, ...text]) => [
    ...["article", h3(title), ...["Version", "Checked on", ...(changed ? ["What changed"] : [])].map(term), ...text],
    ...[button("I have read it"), link(`Report something wrong: ${title}`)],
  ]),
]);

ownPage("Your courses", at.course);
ownPage("My study time was cancelled", at.ask("study"));
