import { defineConfig } from "@playwright/test";
import { chromium, chromiumFlags } from "./fixtures/chromium.ts";

// The whole portal as learners meet it: a real server, a real database, the built app, a real browser. Faults are real too:
// servers that stop, answers that are lost. PORTAL_DIST and PORTAL_SERVER name another build than this repository's.
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium(), args: chromiumFlags },
    locale: "en-GB",
    timezoneId: "Europe/London",
    viewport: { width: 1280, height: 900 },
    trace: "off",
  },
});
