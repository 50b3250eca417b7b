import { chromium as browsers, type BrowserContext, type Page } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, chromiumFlags } from "../e2e/fixtures/chromium.ts";
import { firstPartKept, kept } from "../e2e/fixtures/app.ts";
import { expect } from "../e2e/fixtures/test.ts";
import type { Portal } from "../e2e/fixtures/portal.ts";
import type { Meter } from "./meter.ts";

/** A phone with a browser of its own, which remembers what a phone remembers. */
export class Phone {
  private readonly folder = mkdtempSync(join(tmpdir(), "portal-phone-"));
  private context?: BrowserContext;

  constructor(private readonly portal: Portal) {}

  async on(): Promise<BrowserContext> {
    this.context ??= await browsers.launchPersistentContext(this.folder, {
      executablePath: chromium(),
      args: chromiumFlags,
      // As a browser that nobody drives: Playwright's own choice would keep its pages from being kept.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
      baseURL: this.portal.url,
      locale: "en-GB",
      timezoneId: "Europe/London",
      viewport: { width: 360, height: 740 },
    });
    return this.context;
  }

  /** A page whose service worker does not run yet, as at the first visit of a day. */
  async page(): Promise<Page> {
    const page = await (await this.on()).newPage();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("ServiceWorker.enable");
    await cdp.send("ServiceWorker.stopAllWorkers");
    await cdp.detach();
    return page;
  }

  /** The browser is closed; what it keeps is kept. */
  async off(): Promise<void> {
    const { context } = this;
    this.context = undefined;
    await context?.close();
  }

  async remove(): Promise<void> {
    await this.off();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits until the visit is over for the network: the app is kept (all of it, once somebody is signed in), has asked whether there is a
 * newer version of it, and nothing is under way. */
export async function settled(page: Page, portal: Portal, meter: Meter, signedIn = true): Promise<void> {
  const { seen } = portal.gate!;
  await (signedIn ? kept(page) : firstPartKept(page));
  await expect.poll(() => seen.some(({ path }) => path === "/sw.js")).toBe(true);
  await expect.poll(() => portal.gate!.waiting === 0 && meter.idle).toBe(true);
  await page.waitForLoadState("networkidle");
  await expect.poll(() => portal.gate!.waiting === 0 && meter.idle).toBe(true);
}
