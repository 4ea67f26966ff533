import { expect, test } from "../world/test.ts";

test.use({ newest: "9.0.0" });

test("an update waits for a call, its note and its undo, and is installed when the rep says so", async ({
  page,
  desk,
  core,
}) => {
  await core.command("update_check", {}, "settings");
  await desk.openQueue();
  const open = page.getByRole("button", { name: "Update ready" });
  const dialog = page.getByRole("dialog", { name: "Update of Handset" });
  const install = dialog.getByRole("button", { name: "Install and restart" });

  await desk.dial();
  await open.click();
  await expect(dialog).toContainText("A call is going on.");
  await expect(install).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await desk.button("End call").click();
  await open.click();
  await expect(dialog).toContainText("A call is not saved yet.");
  await expect(install).toBeDisabled();
  await dialog.getByRole("button", { name: "Later" }).click();

  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.command("status_get", {})).unsent).toBe(0);
  await open.click();
  await expect(dialog).toContainText("Handset 9.0.0 is ready to be installed.");
  await install.click();
  await expect.poll(async () => (await core.askedOfHost("restart")).length).toBe(1);
});
