import { expect, MOMENT, test } from "../world/test.ts";

test("the budget tells what the team may still do, and closes with Escape", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await desk.workOne("Counts once.");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  const button = page.getByRole("button", { name: /^Call budget, \d+ calls left this hour$/ });
  await button.click();
  const dialog = page.getByRole("dialog", { name: "Call budget" });
  const meter = dialog.getByRole("meter", { name: "Log a call, hour" });
  await expect(meter).toHaveAttribute("aria-valuetext", "1 of 400 used");
  await expect(dialog).toContainText(new RegExp(`resets (about )?${MOMENT}`));
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});
