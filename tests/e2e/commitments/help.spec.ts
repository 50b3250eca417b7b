// The provider's people: who is there now, how to reach them, and what they answer (C1, C9, C11, C14).
import { at, go, heading, kept, signIn } from "../fixtures/app.ts";
import { NOT_SENT, asksForHelp, checkNow, edit, expectReceived, send } from "../fixtures/asking.ts";
import { hours, work } from "../fixtures/cohort.ts";
import { londonDay, spoken, spokenDay } from "../fixtures/dates.ts";
import { expect, test } from "../fixtures/test.ts";

test("C1: a learner sees who answers now and who does not, by London hours and days off, and taps to call", async ({
  page,
}) => {
  await signIn(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Help" }).click();
  await expect(heading(page, "Help")).toBeFocused();
  const person = (name: string) => page.getByRole("article").filter({ has: page.getByRole("heading", { name }) });
  await expect(person(hours.open.name)).toContainText("Open now, until 11:59pm");
  const { weekday } = hours.closed;
  const closed = `Closed: opens ${weekday[0].toUpperCase()}${weekday.slice(1)}, 8:30am`;
  await expect(person(hours.closed.name)).toContainText(closed);
  // Tomorrow would be the day, but nobody works then.
  await expect(person(hours.dayOff.name)).toContainText(`Closed: opens ${spokenDay(hours.dayOff.day)}, 8am`);
  await expect(person(hours.open.name).getByRole("link", { name: "020 7946 0161" })).toHaveAttribute(
    "href",
    "tel:02079460161",
  );
  await expect(page.getByRole("heading", { name: "By telephone or on paper" })).toBeVisible();
});

test("C1: a call is asked for without a network, is kept over a reload, and the learner sees when somebody calls", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.help);
  await page.getByRole("link", { name: `Ask ${hours.closed.name} to call you` }).click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Write the number to call");
  await expect(page).toHaveTitle(/^Error: Ask for help - /);
  await page.getByLabel("Number to call").fill("020 7946 0177");
  await page.getByLabel("When is a good time?").fill("After 5pm");
  const id = await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  await expect(page.getByRole("link", { name: "020 7946 0161" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("1 message is saved on this device, not sent yet.");
  // It is no declaration.
  await go(page, at.receipts);
  await expect(page.getByText("You have not declared any work yet.")).toBeVisible();
  await page.reload();
  await go(page, at.requests);
  await expect(page.getByRole("article").filter({ hasText: `A call: ${hours.closed.name}` })).toContainText(
    "Not sent yet",
  );
  await portal.start();
  await go(page, at.request(id));
  await expectReceived(page, `A call: ${hours.closed.name}`);
  await expect(page.getByRole("main")).toContainText("We answer by");

  const asked = (await tutor.read(id)).request;
  expect([asked.kind, asked.about, asked.said[0].says]).toEqual([
    "call-back",
    { contact: hours.closed.id },
    { telephone: "020 7946 0177", suits: "After 5pm" },
  ]);
  const day = londonDay(30);
  await tutor.answer(id, { decision: { call: { date: day, time: "17:30:00" } }, text: "I will call." });
  await checkNow(page);
  await expect(page.getByRole("main")).toContainText(`We call you on ${spoken(day, "17:30")}.`);
  await expect(page.getByRole("main")).toContainText("Sam Okafor, tutor");
});

test("C9: help with learning is asked for without a network, answered, asked on, and withdrawn; every step stays with its name and time", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const support = portal.staff("learner-support", "Joy Mensah");
  await signIn(page);
  await kept(page);
  await portal.stop();
  const id = await asksForHelp(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  await portal.start();
  await checkNow(page);
  await expectReceived(page, "Help with learning");
  await support.answer(id, { status: "in-progress" });
  await support.answer(id, { text: "Come to the maths hour on Tuesday." });
  await checkNow(page);
  const steps = page.getByRole("main").locator("ol > li");
  await expect(steps).toHaveCount(3);
  await expect(steps.nth(0)).toContainText("You asked");
  await expect(steps.nth(0)).toContainText("I do not understand ratios.");
  await expect(steps.nth(1)).toContainText("Joy Mensah, learner support is on it");
  await expect(steps.nth(2)).toContainText("Come to the maths hour on Tuesday.");
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(page.getByRole("alert")).toContainText("Write a few words");
  await page.getByLabel("Your message").fill("Which room?");
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(steps).toHaveCount(4);
  await expect(steps.nth(3)).toContainText("Which room?");
  const message = page.getByLabel("Your message");
  await expect(message).toHaveValue("");
  expect((await support.read(id)).request.status).toBe("received");
  // An answer that comes while the learner writes leaves what is written, and the cursor in it.
  await message.pressSequentially("And at ");
  await support.answer(id, { text: "Room 4." });
  await checkNow(page);
  await expect(steps).toHaveCount(5);
  await message.focus();
  await support.answer(id, { status: "in-progress" });
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(steps).toHaveCount(6);
  await page.keyboard.type("what time?");
  await expect(message).toHaveValue("And at what time?");

  const [ask, no] = ["Withdraw this request", "No, keep it"].map((name) => page.getByRole("button", { name }));
  await ask.press("Enter");
  await no.press("Enter");
  await expect(ask).toBeFocused();
  await portal.stop();
  await ask.press("Enter");
  await page.getByRole("button", { name: "Yes, withdraw it" }).press("Enter");
  await expect(page.getByText("Your withdrawal is saved on this device")).toBeVisible();
  await expect(heading(page, "Help with learning")).toBeFocused();
  // It is withdrawn once, and nothing more is said to it.
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await expect(message).toHaveCount(0);
  await portal.start();
  await checkNow(page);
  await expect(page.getByText("This request is closed.")).toBeVisible({ timeout: 60_000 });
  await expect(steps.nth(6)).toContainText("You withdrew it");
  expect((await support.read(id)).request.status).toBe("withdrawn");
});

test("C9: something personal, told without a network, is read by those who may, and by its learner; no title, address or list says what it is", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const support = portal.staff("learner-support", "Joy Mensah");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.help);
  await page.getByRole("link", { name: /^Talk about something personal/ }).click();
  await expect(heading(page, "Talk about something personal")).toBeVisible();
  await page.getByLabel("What do you want to tell us?").fill("My landlord put me out.");
  const titles = [await page.title()];
  const addresses = [page.url()];
  const id = await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  await portal.start();
  await checkNow(page);
  await expectReceived(page, /A private request$/);
  await expect(page.getByRole("main")).toContainText("My landlord put me out.");
  const asked = await support.read(id);
  expect(asked.request.said[0].says?.text).toBe("My landlord put me out.");
  await support.answer(id, { text: "We have a room for tonight." });
  await checkNow(page);
  await expect(page.getByText("We have a room for tonight.")).toBeVisible();
  titles.push(await page.title());
  addresses.push(page.url());
  await go(page, at.requests);
  await expect(page.getByRole("article")).toContainText("A private request");
  expect([...titles, ...addresses].join(" ")).not.toMatch(/personal|private|landlord/i);
});

test("C11: without a device or data a learner says what they need, offline too, by a promised day, and sees what is agreed", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const support = portal.staff("learner-support", "Joy Mensah");
  await signIn(page);
  await kept(page);
  await portal.stop();
  await go(page, at.ask("get-online"));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("alert").getByRole("link", { name: "Choose what you need" }).click();
  await expect(page.getByRole("checkbox", { name: "A device to work on" })).toBeFocused();
  await page.getByRole("checkbox", { name: "A device to work on" }).check();
  await page.getByRole("checkbox", { name: "Data or an internet connection" }).check();
  const id = await send(page);
  await expect(heading(page, NOT_SENT)).toBeVisible();
  await portal.start();
  await checkNow(page);
  await expectReceived(page, "Help to get online");
  const asked = (await support.read(id)).request;
  expect(asked.needs).toEqual(["device", "data"]);
  await expect(page.getByRole("main")).toContainText(spokenDay(asked.promised_by!));
  await support.answer(id, {
    decision: { agreed: { what: "We lend you a laptop, and post the work on paper.", from: londonDay(2) } },
  });
  await checkNow(page);
  await expect(page.getByRole("main")).toContainText(
    `We lend you a laptop, and post the work on paper. From ${spokenDay(londonDay(2))} on.`,
  );
});

test("C11: where the promised day is over, the page says so plainly and shows whom to call", async ({
  page,
  portal,
}) => {
  await signIn(page);
  await asksForHelp(page);
  await expectReceived(page, "Help with learning");
  portal.sql("UPDATE counter SET revision = revision + 1");
  portal.sql(
    "UPDATE record SET body = json_set(body, '$.promised_by', '2026-01-02'), revision = (SELECT revision FROM counter) WHERE kind = 'request'",
  );
  await checkNow(page);
  await expect(page.getByRole("main").getByText("Late: we have not answered")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("We promised to answer by Friday 2 January 2026.");
  await expect(page.getByRole("main").getByRole("link", { name: "020 7946 0161" })).toBeVisible();
});

test("C14: another format of a piece of work, and what gets in somebody's way, reach the provider", async ({
  page,
  portal,
}) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await go(page, at.deadline(work.extended.id));
  await page.getByRole("link", { name: "Ask for this in another format" }).click();
  await page.getByLabel("Which format do you need?").fill("Large print");
  await send(page);
  await expectReceived(page, `Another format: ${work.extended.title}`);
  await go(page, at.ask("accessibility-problem"));
  await page.getByLabel("What does not work for you, and where?").fill("The video has no captions.");
  await send(page);
  await expectReceived(page, "An accessibility problem");
  const asked = (await tutor.requests()).map(({ request }) => [request.kind, request.about, request.format]);
  expect(asked).toEqual([
    ["another-format", { assignment: work.extended.id }, "Large print"],
    ["accessibility-problem", undefined, undefined],
  ]);
});

test("what is written and not sent is there again, but for what is private", async ({ page }) => {
  await signIn(page);
  await go(page, at.ask("learning"));
  await edit(page, () => page.getByLabel("What do you need help with?").fill("Half a thought"));
  await go(page, at.ask("talk"));
  await page.getByLabel("What do you want to tell us?").fill("Nobody else's business");
  await page.reload();
  await expect(page.getByLabel("What do you want to tell us?")).toHaveValue("");
  await go(page, at.ask("learning"));
  await expect(page.getByLabel("What do you need help with?")).toHaveValue("Half a thought");
  await send(page);
  await go(page, at.ask("learning"));
  await expect(page.getByLabel("What do you need help with?")).toHaveValue("");
});
