// Networks and servers that fail in their own ways: nothing is lost, nothing is doubled, nothing is acknowledged that is not so.
import type { Page } from "@playwright/test";
import { at, go, heading, kept, open, signIn } from "../fixtures/app.ts";
import { expectReceived, send } from "../fixtures/asking.ts";
import { work } from "../fixtures/cohort.ts";
import { declare, expectReceipt, expectSaved, sign, answerAll } from "../fixtures/declaration.ts";
import { expect, test } from "../fixtures/test.ts";

const id = work.extended.id;
const sends = (method: string, path: string) => method === "POST" && path === "/api/v1/envelopes";

test.describe("between the device and the server", () => {
  test.use({ gated: true });
  test.beforeEach(({ noise }) => noise.allowFailedRequests());

  test("an answer that is lost after the server kept the declaration: one row, and its receipt", async ({
    page,
    portal,
  }) => {
    await signIn(page);
    let lost = 0;
    portal.gate!.fault = (method, path) => (sends(method, path) && ++lost <= 2 ? { lose: "answer" } : undefined);
    await declare(page, id);
    await expect.poll(() => lost, { timeout: 60_000 }).toBeGreaterThan(2);
    const code = await expectReceipt(page, 60_000);
    expect(portal.declarations().map((one) => one.code)).toEqual([code]);
    expect(portal.sql("SELECT count(*) FROM change")).toEqual([[1]]);
  });

  const strangers = {
    "the sign-in page of a network in between": { status: 200, type: "text/html", body: "<h1>Free Wi-Fi</h1>" },
    "somebody else's JSON": { status: 200, type: "application/json", body: "[]" },
    "a server that is busy": {
      status: 503,
      type: "application/problem+json",
      body: '{"type":"/problems/unavailable","title":"Not now","status":503}',
    },
    "a broken proxy": { status: 502, type: "text/html", body: "<h1>Bad gateway</h1>" },
  };
  for (const [what, fault] of Object.entries(strangers)) {
    test(`${what} is never an acknowledgement: the declaration waits, then goes`, async ({ page, portal }) => {
      await signIn(page);
      const seen = portal.gate!.seen;
      portal.gate!.fault = (_, path) => (path.startsWith("/api/") ? fault : undefined);
      await declare(page, id);
      await expectSaved(page);
      const tries = () => seen.filter((one) => sends(one.method, one.path) && one.status === fault.status).length;
      await expect.poll(tries, { timeout: 30_000 }).toBeGreaterThan(1);
      await expectSaved(page);
      await expect(page.getByText("1 declaration is saved on this device, not sent yet.")).toBeVisible();
      expect(portal.declarations()).toEqual([]);
      portal.gate!.fault = () => undefined;
      await expectReceipt(page, 60_000);
      expect(portal.declarations()).toHaveLength(1);
    });
  }

  test("a slow answer keeps nobody waiting: the declaration is saved at once", async ({ page, portal }) => {
    await signIn(page);
    let letGo = () => {};
    const until = new Promise<void>((done) => (letGo = done));
    portal.gate!.fault = (method, path) => (sends(method, path) ? { until } : undefined);
    await declare(page, id);
    await expectSaved(page);
    letGo();
    await expectReceipt(page, 60_000);
    expect(portal.declarations()).toHaveLength(1);
  });
});

test("a session that ended with a declaration waiting: sign in again, type nothing again, and it goes", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await portal.stop();
  await declare(page, id);
  await expectSaved(page);
  portal.endSessions();
  await portal.start();
  await expect(heading(page, "You have been signed out")).toBeVisible({ timeout: 60_000 });
  await signIn(page);
  await go(page, at.receipts);
  await expect(page.getByRole("article")).toContainText("Received");
  expect(portal.declarations().map((one) => [one.learner, one.assignment])).toEqual([["L1001", id]]);
});

test("a session that ended in the middle of a declaration: the draft is there after signing in", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page, "L1001", "shared");
  await answerAll(page, id);
  portal.endSessions();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(heading(page, "You have been signed out")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(work.extended.title);
  await signIn(page, "L1001", "shared");
  await go(page, at.declare(id, "sign"));
  await sign(page);
  await expectReceipt(page);
});

test("two tabs: what is signed in one is sent once, and is seen once in both", async ({
  page,
  context,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  const other = await context.newPage();
  await open(other, at.receipts);
  await portal.stop();
  await declare(page, id);
  await expectSaved(page);
  await portal.start();
  const code = await expectReceipt(page, 60_000);
  expect(portal.declarations()).toHaveLength(1);
  expect(portal.sql("SELECT count(*) FROM change")).toEqual([[1]]);
  await other.bringToFront();
  await other.getByRole("button", { name: "Check now" }).click();
  for (const tab of [other, page]) {
    await go(tab, at.receipts);
    await expect(tab.getByRole("article")).toHaveCount(1);
    await expect(tab.getByRole("article")).toContainText(code);
    await tab.reload();
    await expect(tab.getByRole("article")).toContainText(code);
  }
});

test("a declaration that the server refuses says what to do, and stays on the device", async ({
  page,
  browser,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await signIn(page);
  await kept(page);
  await page.context().setOffline(true);
  await declare(page, id);
  await expectSaved(page);

  // Meanwhile the same learner signs the same attempt on another device.
  const elsewhere = await browser.newContext({ baseURL: portal.url });
  noise.watch(elsewhere);
  const phone = await elsewhere.newPage();
  await signIn(phone);
  await declare(phone, id);
  const code = await expectReceipt(phone);
  await elsewhere.close();

  await page.context().setOffline(false);
  await expect(heading(page, "Your declaration was not taken")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("main")).toContainText("You have signed for attempt 1 of this work already");
  await expect(page.getByRole("main")).toContainText("Call your tutor and read this to them. Or try once more.");
  await expect(page.getByText("1 declaration needs you to do something.")).toBeVisible();
  await go(page, at.receipts);
  const waiting = page.getByRole("article").filter({ hasText: "Needs you to do something" });
  await expect(waiting).toHaveCount(1);
  await page.reload();
  await expect(waiting).toHaveCount(1);
  expect(portal.declarations().map((one) => one.code)).toEqual([code]);
});

test("a browser that keeps nothing: the portal works online, and says so", async ({ page, portal }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no storage here", "SecurityError");
    };
  });
  await signIn(page);
  await expect(page.getByText("This browser does not let the portal save anything")).toBeVisible();
  await declare(page, id);
  await expectReceipt(page);
  expect(portal.declarations()).toHaveLength(1);
});

test("a browser that keeps nothing, without a connection: it says that nothing is signed", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no storage here", "SecurityError");
    };
  });
  await signIn(page);
  await answerAll(page, id);
  await portal.stop();
  await sign(page);
  await expect(page.getByRole("alert")).toContainText("Your declaration is NOT signed.");
  await expect(page.getByLabel("Type your full name")).toHaveValue("Amina Yusuf");
  await portal.start();
  await page.getByRole("button", { name: "Sign and send" }).click();
  await expectReceipt(page);
  expect(portal.declarations()).toHaveLength(1);
});

/** What a browser does when the disk is full; until there is room again. */
async function fillDevice(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
    addEventListener("room", () => (IDBObjectStore.prototype.put = put));
  });
  return () => page.evaluate(() => dispatchEvent(new Event("room")));
}

test("a device that is full: it never says 'saved', says what to do, and signs when there is room", async ({
  page,
  portal,
}) => {
  await signIn(page);
  await answerAll(page, id);
  const makeRoom = await fillDevice(page);
  await sign(page);
  await expect(page.getByRole("alert")).toContainText("your declaration is NOT saved");
  await expect(page.getByLabel("Type your full name")).toHaveValue("Amina Yusuf");
  expect(portal.declarations()).toEqual([]);
  await makeRoom();
  await page.getByRole("button", { name: "Sign and send" }).click();
  await expectReceipt(page);
  expect(portal.declarations()).toHaveLength(1);
});

test("a request on a full device: it is never said to be saved, what was written stays, and it goes when there is room", async ({
  page,
  portal,
}) => {
  const tutor = portal.staff("tutor", "Sam Okafor");
  await signIn(page);
  await go(page, at.ask("learning"));
  const box = page.getByLabel("What do you need help with?");
  await box.fill("Ratios");
  const makeRoom = await fillDevice(page);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("your request is NOT saved");
  await expect(box).toHaveValue("Ratios");
  expect(await tutor.requests()).toEqual([]);
  await makeRoom();
  await send(page);
  await expectReceived(page, "Help with learning");
  expect(await tutor.requests()).toHaveLength(1);
});

test("'I am here' on a full device: why it is not kept stays while the page is built anew, until it is", async ({
  page,
}) => {
  await signIn(page);
  await go(page, at.live);
  const makeRoom = await fillDevice(page);
  const here = page.getByRole("button", { name: "I am here" });
  const why = page.getByRole("main").getByText("NOT saved");
  await here.press("Enter");
  await expect(page.getByRole("alert")).toContainText("NOT saved");
  const before = await here.elementHandle();
  await page.evaluate(() => dispatchEvent(new Event("online"))); // the clock moves with it
  await expect.poll(() => before?.evaluate((button) => button.isConnected)).toBe(false);
  await expect(why).toBeVisible();
  await expect(here).toBeFocused();
  await makeRoom();
  await here.press("Enter");
  await expect(page.getByText(/^You said ‘I am here’ at /)).toBeVisible({ timeout: 60_000 });
  await expect(why).toHaveCount(0);
});

test("a request in a browser that keeps nothing: it says that nothing is sent, and sends when it can", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const lead = portal.staff("safeguarding-lead", "Grace Adeyemi");
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no storage here", "SecurityError");
    };
  });
  await signIn(page);
  await go(page, at.ask("tell"));
  const box = page.getByLabel("What worries you?");
  await expect(box).toBeVisible();
  await box.fill("Somebody waits for me outside");
  await portal.stop();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Your request is NOT sent.");
  await expect(box).toHaveValue("Somebody waits for me outside");
  await portal.start();
  const id = await send(page);
  await expectReceived(page, /A private request$/);
  expect((await lead.read(id)).request.said[0].says?.text).toBe("Somebody waits for me outside");
});

test("a request that the server refuses stays on the device, with what was said and whom to call", async ({
  page,
  portal,
}) => {
  await signIn(page);
  await go(page, at.ask("call-back", "support"));
  await page.getByLabel("Number to call").fill("020 7946 0177");
  // The contact goes while the learner writes.
  portal.sql("DELETE FROM record WHERE kind = 'contact' AND id = 'support'");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(heading(page, "Your request was not taken")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("main")).toContainText("What this is about is not in your list.");
  await expect(page.getByRole("main").getByRole("link", { name: "020 7946 0150" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("1 message needs you to do something.");
});
