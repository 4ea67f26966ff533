/** A part that cannot be drawn says so; the rest of the window keeps working. */
import type { Page } from "@playwright/test";
import { expect, test } from "../world/test.ts";

// An answer may be under way when a test is done.
test.afterEach(async ({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

/** Gives an answer that no window expects, as a fault of the core or of an update would. */
async function spoil(page: Page, command: string, part: object): Promise<() => Promise<void>> {
  const pattern = `**/command/${command}`;
  await page.route(pattern, async (route) => {
    const reply = await route.fetch();
    const answer = (await reply.json()) as object;
    await route.fulfill({ response: reply, json: { ...answer, ...part } });
  });
  // Requests under way are answered first.
  return () => page.unrouteAll({ behavior: "wait" });
}

test("a card that cannot be drawn says so and can be loaded again; list and note work on", async ({
  page,
  desk,
}) => {
  await desk.openToday();
  const repair = await spoil(page, "card_get", { phones: null });
  await page.keyboard.press("Enter");
  const failed = page.getByRole("alert").filter({ hasText: "The card could not be drawn" });
  await expect(failed).toBeVisible();
  await expect(desk.list.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.type("Words are kept.");
  await expect(desk.note).toHaveValue("Words are kept.");
  await repair();
  await failed.getByRole("button", { name: "Load this part again" }).click();
  await expect(desk.person).toBeVisible();
  await expect(failed).toHaveCount(0);
  await expect(desk.note).toHaveValue("Words are kept.");
});

for (const [command, part, text] of [
  ["report_get", { sequences: null }, "This screen could not be drawn"],
  ["dispositions_get", { outcomes: null }, "The wrap-up could not be drawn"],
] as const) {
  test(`with ${command} spoiled, the other screens can be worked with`, async ({ page, desk }) => {
    const repair = await spoil(page, command, part);
    await page.goto("/");
    if (command === "dispositions_get") {
      await expect(desk.sequences.getByRole("row").nth(1)).toBeFocused();
      await page.keyboard.press("Enter");
    }
    const failed = page.getByRole("alert").filter({ hasText: text });
    await expect(failed).toBeVisible();
    await page.keyboard.press("r");
    await expect(desk.heading("Calls", 1)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(failed).toBeVisible();
    await repair();
    await failed.getByRole("button", { name: "Load this part again" }).click();
    await expect(failed).toHaveCount(0);
  });
}

test("a dialog that cannot be drawn leaves the window alone", async ({ page, desk }) => {
  await desk.openToday();
  await spoil(page, "budget_get", { endpoints: null });
  await desk.button(/^Call budget/).click();
  await expect(page.getByRole("alert")).toContainText("This dialog could not be drawn");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.sequences).toBeVisible();
});

for (const [window, address] of [
  ["the main window", "/"],
  ["the settings", "/settings.html"],
] as const) {
  test(`${window} says that it could not start, and starts when it is loaded again`, async ({
    page,
  }) => {
    await page.route("**/events?*", (route) => route.abort());
    await page.goto(address);
    await expect(page.getByRole("alert")).toContainText("This window could not be drawn");
    await page.unroute("**/events?*");
    await page.getByRole("button", { name: "Load the window again" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    const started = address === "/" ? "Today" : "Connection";
    await expect(page.getByRole("heading", { name: started })).toBeVisible();
  });
}

test("a window whose first answer cannot be drawn is not blank", async ({ page }) => {
  const repair = await spoil(page, "status_get", {
    connection: null,
    stage: "ready",
    notices: null,
  });
  await page.goto("/");
  await expect(page.getByRole("alert").first()).toContainText("could not be drawn");
  await repair();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
});
