import { expect, test } from "../world/test.ts";

test("the question mark shows every key, and Escape puts the list away", async ({ page, desk }) => {
  await desk.openQueue();
  const name = await desk.name();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const meaning of [
    "Call the first number",
    "End the call",
    "Save and next",
    "Skip this task",
  ]) {
    await expect(dialog).toContainText(meaning);
  }
  // A dialog has the keyboard to itself.
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(desk.person).toHaveText(name);
  await expect(desk.list).toBeFocused();
});

test("the palette finds an action by a few letters, and Enter does it", async ({ page, desk }) => {
  await desk.openToday();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(
    palette.getByRole("searchbox", { name: "Search actions and sequences" }),
  ).toBeFocused();
  await page.keyboard.type("calls");
  await expect(palette.getByRole("menuitem").first()).toHaveAccessibleName(/^Go to Calls/);
  await page.keyboard.press("Enter");
  await expect(desk.heading("Calls", 1)).toBeVisible();
  await expect(palette).toHaveCount(0);
});

test("the palette opens the queue of a sequence", async ({ page, desk, core }) => {
  await desk.openToday();
  const { sequences } = await core.command("report_get", {});
  const wanted = sequences.find((row) => row.open > 0);
  if (!wanted) throw new Error("no sequence has an open task");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("searchbox", { name: "Search actions and sequences" })).toBeFocused();
  await page.keyboard.type(wanted.name);
  await page.keyboard.press("Enter");
  await expect(desk.heading(wanted.name, 1)).toBeVisible();
});

test("the palette skips from inside the note, and the note is unchanged until then", async ({
  page,
  desk,
}) => {
  await desk.openQueue();
  await page.keyboard.press("n");
  await page.keyboard.type("A few words");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("searchbox", { name: "Search actions and sequences" })).toBeFocused();
  await page.keyboard.type("skip");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Skip this task" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(desk.note).toHaveValue("A few words");
});

test("Escape closes the palette without a change", async ({ page, desk }) => {
  await desk.openQueue();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.list).toBeFocused();
});
