import type { Page } from "@playwright/test";
import { expect, REP, test } from "../world/test.ts";

/** Lets a command take a while, and counts how often it is given. */
async function slow(page: Page, name: string): Promise<() => number> {
  let given = 0;
  await page.route(`**/command/${name}`, async (route) => {
    given += 1;
    await new Promise((next) => setTimeout(next, 300));
    await route.continue();
  });
  return () => given;
}

test.describe("who are you", () => {
  test.use({ beginning: "choose_rep" });

  test("Enter twice chooses once", async ({ page, desk, core }) => {
    await page.goto("/");
    const given = await slow(page, "rep_choose");
    await page.getByRole("searchbox", { name: "Search people" }).fill(REP);
    const me = page.getByRole("option", { name: new RegExp(REP) });
    await me.click();
    await page.getByRole("searchbox", { name: "Search people" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(desk.heading("Today", 1)).toBeVisible();
    expect(given()).toBe(1);
    expect((await core.command("status_get", {})).rep?.name).toBe(REP);
  });
});

test.describe("connect", () => {
  test.use({ beginning: "welcome" });

  test("Enter twice checks one key once", async ({ page, desk, core }) => {
    await page.goto("/");
    await desk.button("Connect to Apollo").click();
    const given = await slow(page, "connect_start");
    await page.getByRole("textbox", { name: "Master key" }).fill(core.apollo.keys.master);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(desk.heading("Who are you?", 1)).toBeVisible();
    expect(given()).toBe(1);
  });
});

test("saving twice saves once, and skipping twice skips once", async ({ page, desk, core }) => {
  await desk.openQueue();
  const saves = await slow(page, "wrap_up_save");
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(/^Saved the call with/);
  expect(saves()).toBe(1);

  const skips = await slow(page, "task_skip");
  await desk.list.focus();
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Skip this task" });
  await dialog.getByRole("radio", { name: "Wrong number" }).click();
  await dialog.getByRole("textbox", { name: "Reason in words" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(desk.announcements).toHaveText(/^Skipped /);
  expect(skips()).toBe(1);
  await expect.poll(async () => (await core.apollo.finished("task_skipped")).length).toBe(1);
});

test("an edit and a discard are given once", async ({ page, desk, core }) => {
  await core.apollo.add({ endpoint: "phone_calls#create", kind: "misconfigured" });
  await desk.openQueue();
  await desk.workOne("first words");
  await expect(desk.button("1 unsent call, 1 for you to decide")).toBeVisible();
  await page.keyboard.press("r");
  await desk.button("Edit…").click();
  const edit = page.getByRole("dialog", { name: "Edit call" });
  await edit.getByRole("textbox", { name: "Note" }).fill("other words");
  const edits = await slow(page, "receipt_correct");
  await edit.getByRole("button", { name: "Save changes" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(desk.announcements).toHaveText("Saved the changes");
  expect(edits()).toBe(1);

  // The call was sent anew and refused again.
  await expect(desk.button("Discard…")).toBeVisible();
  await expect(desk.button("1 unsent call, 1 for you to decide")).toBeVisible();
  await desk.button("Discard…").click();
  const discard = page.getByRole("alertdialog", { name: "Discard this call?" });
  await discard.getByRole("radio", { name: "Not needed any more" }).click();
  const discards = await slow(page, "receipt_discard");
  await discard.getByRole("button", { name: "Discard call" }).dblclick();
  await expect(desk.announcements).toHaveText("Discarded the call");
  expect(discards()).toBe(1);
});

test("settings and the key are changed once", async ({ page, core }) => {
  await page.goto("/settings.html");
  await page.getByRole("tab", { name: "Calling hours", exact: true }).click();
  const puts = await slow(page, "settings_put");
  await page.getByRole("textbox", { name: "Opens" }).fill("09:30");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("status", { name: "Announcements" })).toHaveText("Saved");
  expect(puts()).toBe(1);

  await page.getByRole("tab", { name: "Connection", exact: true }).click();
  await page.getByRole("button", { name: "Forget key…" }).click();
  const forgets = await slow(page, "key_forget");
  await page.getByRole("button", { name: "Forget key", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog").getByRole("status")).toContainText("The key is gone.");
  expect(forgets()).toBe(1);
  expect((await core.command("status_get", {})).key_storage).toBe("none");
});
