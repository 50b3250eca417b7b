import { defineConfig } from "@playwright/test";
import type { Engine } from "./fixtures/engines.ts";

// The journeys without a network, on a shared computer and out of it, in the engines that learners have beside Chromium's. Each
// test has a server, a database and a browser profile of its own.
export default defineConfig<object, { engine: Engine }>({
  testDir: ".",
  outputDir: "../../test-results/engines",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  reporter: "list",
  projects: [
    { name: "firefox", use: { engine: "firefox" }, testIgnore: "webkit.spec.ts" },
    { name: "webkit", use: { engine: "webkit" }, testIgnore: "firefox.spec.ts" },
  ],
});
