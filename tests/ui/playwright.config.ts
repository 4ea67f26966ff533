import { defineConfig } from "@playwright/test";

/** Long enough for a busy machine; a test that waits longer has found something. */
const TEST_MS = 90_000;
const EXPECT_MS = 15_000;

export default defineConfig({
  testDir: "specs",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: TEST_MS,
  expect: { timeout: EXPECT_MS },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    headless: true,
    viewport: { width: 1100, height: 720 },
    locale: "en-GB",
    // The rep's zone, as the core is told.
    timezoneId: "America/New_York",
    actionTimeout: EXPECT_MS,
    screenshot: "off",
    trace: "off",
    launchOptions: {
      executablePath: process.env["HANDSET_CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    },
  },
});
