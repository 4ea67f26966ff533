import type { Locator, Page } from "@playwright/test";
import type { Status } from "../../../ui/src/generated/Status.ts";
import type { Desk } from "../world/desk.ts";
import { expect, test } from "../world/test.ts";

/** A browser has no window to close, so the closing is added to the real status. */
async function wantToQuit(page: Page, desk: Desk): Promise<Locator> {
  let isClosing = true;
  await page.route("**/command/status_get", async (route) => {
    const reply = await route.fetch();
    const status = (await reply.json()) as Status;
    await route.fulfill({ json: { ...status, is_closing: isClosing } });
  });
  await page.route("**/command/quit_stay", async (route) => {
    isClosing = false;
    await route.continue();
  });
  await page.reload();
  await expect(desk.button("1 unsent call")).toBeAttached();
  return page.getByRole("alertdialog", { name: "Quit Handset?" });
}

// Handset may read the status once more while the test is already over.
test.afterEach(({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

test("quitting with unsent calls says that they are saved; Enter quits", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({ kind: "reset_before" });
  await desk.workOne("Not sent yet.");
  const dialog = await wantToQuit(page, desk);
  await expect(dialog).toContainText("1 call is unsent.");
  await expect(dialog).toContainText(
    "It is saved on this computer and goes by itself the next time Handset runs.",
  );
  await expect(dialog.getByRole("button", { name: "Quit", exact: true })).toBeFocused();
  expect(await core.askedOfHost("quit")).toEqual([]);
  await page.keyboard.press("Enter");
  await expect.poll(() => core.askedOfHost("quit")).toHaveLength(1);
});

test("whoever stays goes on working", async ({ page, desk, core }) => {
  await desk.openQueue();
  await core.apollo.add({ kind: "reset_before" });
  await desk.workOne("Not sent yet.");
  const dialog = await wantToQuit(page, desk);
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(desk.person).toBeVisible();
  expect(await core.askedOfHost("quit")).toEqual([]);
});

test("when the last call is in Apollo while the question stands, Handset quits by itself", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({ endpoint: "tasks#complete", kind: { status: 503 } });
  await desk.workOne("Almost there.");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  const dialog = await wantToQuit(page, desk);
  await expect(dialog).toBeVisible();
  await core.apollo.repair();
  const { rows } = await core.command("receipts_get", {});
  await core.command("receipt_retry", { wrap_up_id: rows[0]?.wrap_up_id ?? "" });
  await expect.poll(() => core.askedOfHost("quit")).toHaveLength(1);
  await expect(dialog).toHaveCount(0);
});
