// Another site's page, on a second origin of this machine, tries to act as the learner who is signed in here, and to read what is theirs.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { heading, open, signIn } from "./fixtures/app.ts";
import { work } from "./fixtures/cohort.ts";
import { expect, test as base } from "./fixtures/test.ts";

/** A page of another origin. It is of the same site, so that cookies go along as far as they ever do. */
const test = base.extend<{ foreign: string }>({
  foreign: async ({}, use) => {
    const server: Server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Other</title><h1>Other</h1>"),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close();
    server.closeAllConnections();
  },
});

/** What a fetch with the learner's cookies can see of an answer. */
function fetched(page: Page, url: string, init: RequestInit): Promise<string> {
  return page.evaluate(
    async ([url, init]) => {
      try {
        const answer = await fetch(url, { credentials: "include", ...init });
        return `${answer.type} ${answer.status} ${await answer.text()}`;
      } catch {
        return "nothing";
      }
    },
    [url, init] as const,
  );
}

test("another origin's page reads nothing and changes nothing", async ({ page, portal, foreign, noise }) => {
  noise.allow(/CORS policy|Failed to load resource|net::ERR|ERR_BLOCKED/);
  await signIn(page);
  const other = await page.context().newPage();
  await other.goto(foreign);
  const json = { "content-type": "application/json" };
  for (const path of ["/api/v1/session", "/api/v1/sync", "/api/v1/meta", "/"]) {
    expect(await fetched(other, portal.url + path, {}), path).toBe("nothing");
    expect(await fetched(other, portal.url + path, { mode: "no-cors" }), path).not.toMatch(/Amina|[1-5]\d\d /);
  }
  for (const [path, method] of [
    ["/api/v1/session", "DELETE"],
    ["/api/v1/sessions", "DELETE"],
    ["/api/v1/session", "POST"],
    ["/api/v1/changes", "POST"],
    ["/api/v1/envelopes", "POST"],
  ] as const) {
    expect(await fetched(other, portal.url + path, { method, headers: json }), path).toBe("nothing");
    if (method === "POST")
      await fetched(other, portal.url + path, {
        method,
        mode: "no-cors",
        headers: { "content-type": "text/plain" },
        body: "[]",
      });
  }
  expect(portal.declarations()).toEqual([]);
  await open(page);
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign out" })).toBeVisible();
});

test("another origin's form that posts here is refused", async ({ page, portal, foreign, noise }) => {
  noise.allowFailedRequests();
  await signIn(page);
  for (const [path, type] of [
    ["/api/v1/session", "text/plain"],
    ["/api/v1/changes", "application/x-www-form-urlencoded"],
    ["/api/v1/changes", "multipart/form-data"],
  ]) {
    const other = await page.context().newPage();
    await other.goto(foreign);
    const answered = other.waitForResponse((answer) => answer.url().startsWith(portal.url));
    await other.evaluate(
      ([action, type]) => {
        const form = document.createElement("form");
        Object.assign(form, { action, method: "post", enctype: type });
        const field = document.createElement("input");
        Object.assign(field, { name: '[{"id":"a","change":"', value: '"}]' });
        form.append(field);
        document.body.append(form);
        form.submit();
      },
      [portal.url + path, type] as const,
    );
    const answer = await answered;
    expect(answer.status(), `${path} ${type}`).toBe(403);
    expect(await answer.text()).toContain("/problems/foreign-origin");
    await other.close();
  }
  await open(page);
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign out" })).toBeVisible();
});

test("another origin's page cannot frame the portal, nor reach it through a window that it opened", async ({
  page,
  portal,
  foreign,
  noise,
}) => {
  noise.allow(/frame-ancestors|X-Frame-Options|Refused to (display|frame)|Framing|violates the following|ERR_BLOCKED/);
  await signIn(page);
  const other = await page.context().newPage();
  await other.goto(foreign);
  await other.evaluate((url) => {
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
    return new Promise((done) => frame.addEventListener("load", done));
  }, `${portal.url}/#/deadlines/${work.winter.id}`);
  const [, frame] = other.frames();
  expect(frame?.url()).not.toContain(portal.url);
  const opened = other.waitForEvent("popup");
  await other.evaluate((url) => void ((window as { opened?: Window | null }).opened = window.open(url)), portal.url);
  const popup = await opened;
  await expect(heading(popup, /.+/)).toBeVisible();
  await expect.poll(() => other.evaluate(() => (window as { opened?: Window }).opened?.closed)).toBe(true);
  expect(await popup.evaluate(() => window.opener === null)).toBe(true);
});
