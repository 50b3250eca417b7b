import { defineConfig } from "@playwright/test";

// What the portal costs a learner, in bytes and in seconds: measurements, not tests. One after the other, as they share the machine.
export default defineConfig({
  testDir: ".",
  testMatch: ["visits.ts", "month.ts", "cpu.ts"],
  outputDir: "../../test-results/cost",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 900_000,
  expect: { timeout: 60_000 },
  reporter: "list",
});
