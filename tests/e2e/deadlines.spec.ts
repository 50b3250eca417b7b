import { at, go, heading, open, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { spoken } from "./fixtures/dates.ts";
import { expect, test } from "./fixtures/test.ts";

test("work stands in groups: late, this week, next week, later, done", async ({ page }) => {
  await signIn(page);
  await go(page, at.deadlines);
  await expect(heading(page, "Deadlines")).toBeVisible();
  const groups = await page.getByRole("heading", { level: 2 }).allTextContents();
  expect(groups.map((text) => text.replace(/ \(.*/, ""))).toEqual([
    ...["Late", "This week", "Next week", "Later", "Done"],
  ]);
  const group = (name: string) =>
    page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: new RegExp(`^${name} \\(`) }) });
  await expect(group("Late").getByRole("link")).toHaveText([work.late.title]);
  await expect(group("This week").getByRole("link")).toHaveText([work.thisWeek.title]);
  await expect(group("Next week").getByRole("link")).toHaveText([work.nextWeek.title]);
  await expect(group("Later").getByRole("link", { name: work.extended.title })).toBeVisible();
  await expect(group("Done").getByRole("article")).toContainText(["Called off"]);
});

test("the list can be narrowed to one course", async ({ page }) => {
  await signIn(page);
  await go(page, at.deadlines);
  await page.getByRole("combobox", { name: "Course" }).selectOption("Functional Skills Maths");
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByRole("article")).toContainText(work.allDay.title);
  await page.getByRole("combobox", { name: "Course" }).selectOption("All courses");
  await expect(page.getByRole("link", { name: work.late.title })).toBeVisible();
});

test("a page about one piece of work: when, how, what to hand in, whom to ask for more time", async ({ page }) => {
  const w = work.extended;
  await signIn(page);
  await go(page, at.deadline(w.id));
  await expect(heading(page, w.title)).toBeVisible();
  await expect(page).toHaveTitle("Deadline - Learner portal");
  const main = page.getByRole("main");
  const value = (term: string) =>
    main
      .locator("dl > div")
      .filter({ has: page.getByText(term, { exact: true }) })
      .locator("dd");
  await expect(value("Your extension")).toHaveText(spoken(w.extendedTo, w.clock));
  await expect(value("First deadline")).toHaveText(spoken(w.day, w.clock));
  await expect(value("Why it was extended")).toHaveText(w.reason);
  await expect(value("Course")).toHaveText("Welding Level 2");
  await expect(value("How")).toHaveText("Online, in your own time");
  await expect(value("AI")).toContainText("AI may help you plan");
  await expect(value("Attempts")).toHaveText("Up to 2 attempts");
  await expect(value("Awarding body")).toHaveText("Example Awards");
  await expect(value("Feedback promised by")).toBeVisible();
  await expect(main).toContainText("Write one page about staying safe when you weld.");
  await expect(main.getByRole("heading", { name: "Need more time?" })).toBeVisible();
  await expect(main).toContainText("Sam Okafor, Tutor");
  const more = main.getByRole("link", { name: /^More about it \(learn\.example\.org, 2\.3 MB\)/ });
  await expect(more).toHaveAttribute("rel", /noopener/);
  await expect(more).toHaveAttribute("target", "_blank");
});

test("a link whose size nobody has said says so before it is opened", async ({ page }) => {
  await signIn(page);
  await go(page, at.deadline(work.group.id));
  const more = page.getByRole("main").getByRole("link", { name: /^More about it/ });
  await expect(more).toHaveAccessibleName("More about it (learn.example.org, size not known) (opens in a new tab)");
});

const zones = { "Europe/London": "", "America/New_York": " (London time)", "Asia/Tokyo": " (London time)" };
for (const [timezoneId, suffix] of Object.entries(zones)) {
  test.describe(`on a device set to ${timezoneId}`, () => {
    test.use({ timezoneId });

    test(`a deadline is a weekday, a date and a time in London${suffix && ", and says so"}`, async ({ page }) => {
      const main = page.getByRole("main");
      await signIn(page);
      await go(page, at.deadline(work.winter.id));
      await expect(main.getByText(`Friday 27 November 2037, 11:59pm${suffix}`, { exact: true })).toBeVisible();
      await go(page, at.deadline(work.summer.id));
      await expect(main.getByText(`Wednesday 1 July 2037, 5pm${suffix}`, { exact: true })).toBeVisible();
      await go(page, at.deadlines);
      const card = page.getByRole("article").filter({ hasText: work.thisWeek.title });
      const due = spoken(work.thisWeek.day, work.thisWeek.clock) + suffix;
      await expect(card.getByText(due, { exact: true })).toBeVisible();
    });
  });
}

test("a deadline without a time is due by the end of its day", async ({ page }) => {
  await signIn(page);
  await go(page, at.deadline(work.allDay.id));
  const day = spoken(work.allDay.day, "12:00").split(",")[0];
  await expect(page.getByText(`${day}, by the end of the day`, { exact: true })).toBeVisible();
});

test("work of another learner has no page", async ({ page }) => {
  await signIn(page, "L1003");
  await go(page, at.deadline(work.extended.id));
  await expect(heading(page, "This work is not on your list")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(work.extended.title);
});

test("an address of one's own bookmarks opens after signing in, and an unknown one says so", async ({ page }) => {
  await open(page, at.deadline(work.extended.id));
  await signIn(page);
  await expect(heading(page, work.extended.title)).toBeVisible();
  await go(page, "/#/nowhere");
  await expect(heading(page, "Page not found")).toBeVisible();
  await page.getByRole("link", { name: "Go to Today" }).click();
  await expect(heading(page, "Today")).toBeVisible();
});
