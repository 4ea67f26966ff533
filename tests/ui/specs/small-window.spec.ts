import type { Page } from "@playwright/test";
import { expect, test } from "../world/test.ts";

/** The smallest window that the shell allows. */
test.use({ viewport: { width: 900, height: 600 } });

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(widths.page).toBeLessThanOrEqual(widths.window);
}

test("at 900 by 600 a call is worked from dial to save, with the wrap-up in reach", async ({
  page,
  desk,
  core,
}) => {
  await desk.openToday();
  await expectNoSidewaysScroll(page);
  await desk.openQueue();
  await expectNoSidewaysScroll(page);
  await desk.firstCall.click();
  await expect(desk.button("End call")).toBeInViewport();
  await desk.button("End call").click();
  await desk.outcomes.getByRole("radio").first().check();
  await desk.note.click();
  await expect(desk.note).toBeInViewport();
  await page.keyboard.type("Small but enough.");
  await desk.save.scrollIntoViewIfNeeded();
  await expect(desk.save).toBeInViewport({ ratio: 1 });
  await desk.save.click();
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  await expectNoSidewaysScroll(page);
});

for (const [place, open] of [
  ["Calls", (page: Page) => page.keyboard.press("r")],
  ["the list of keys", (page: Page) => page.keyboard.press("?")],
  ["the palette", (page: Page) => page.keyboard.press("Control+k")],
  ["skip", (page: Page) => page.keyboard.press("s")],
  ["calling back", (page: Page) => page.keyboard.press("b")],
] as const) {
  test(`at 900 by 600 ${place} fits`, async ({ page, desk }) => {
    await desk.openQueue();
    await open(page);
    const shown = place === "Calls" ? desk.heading("Calls", 1) : page.getByRole("dialog");
    await expect(shown).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
  });
}

test("at 900 by 600 every page of the settings fits", async ({ page }) => {
  await page.goto("/settings.html");
  const tabs = page.getByRole("tab");
  await expect(tabs.first()).toBeVisible();
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(page.getByRole("tabpanel")).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});

test.describe("on the first screens", () => {
  test.use({ beginning: "welcome" });

  test("at 900 by 600 the first screens fit", async ({ page, desk, core }) => {
    await page.goto("/");
    await expect(desk.button("Connect to Apollo")).toBeInViewport({ ratio: 1 });
    await expect(desk.button("Explore with sample data")).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
    await desk.button("Connect to Apollo").click();
    await expect(desk.button("Check key")).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
    await page.getByRole("textbox", { name: "Master key" }).fill(core.apollo.keys.master);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("option").first()).toBeVisible();
    await expect(desk.button("Continue")).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
  });
});
