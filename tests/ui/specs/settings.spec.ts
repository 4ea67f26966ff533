import type { Locator, Page } from "@playwright/test";
import { expect, REP, test } from "../world/test.ts";

async function openSettings(page: Page, tab: string): Promise<Locator> {
  await page.goto("/settings.html");
  await page.getByRole("tab", { name: tab, exact: true }).click();
  const panel = page.getByRole("tabpanel", { name: tab });
  await expect(panel).toBeVisible();
  return panel;
}

function said(page: Page): Locator {
  return page.getByRole("status", { name: "Announcements" });
}

test("Ctrl and comma ask the computer for the settings window", async ({ page, desk, core }) => {
  await desk.openToday();
  await page.keyboard.press("Control+,");
  await expect.poll(() => core.askedOfHost("show_settings")).toHaveLength(1);
  await desk.button("Settings").click();
  await expect.poll(() => core.askedOfHost("show_settings")).toHaveLength(2);
});

test("every page is reached with the arrow keys", async ({ page }) => {
  await page.goto("/settings.html");
  await expect(page).toHaveTitle("Handset settings");
  const tabs = page.getByRole("tablist", { name: "Settings" }).getByRole("tab");
  await expect(tabs.first()).toBeVisible();
  await tabs.first().focus();
  const names = await tabs.allTextContents();
  for (const name of names) {
    await expect(page.getByRole("tab", { name, exact: true })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
    await page.keyboard.press("ArrowDown");
  }
});

test("the key is forgotten only after a question, and the proof is shown", async ({
  page,
  core,
}) => {
  const panel = await openSettings(page, "Connection");
  await expect(panel).toContainText("In this computer’s keychain");
  await panel.getByRole("button", { name: "Forget key…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Forget the key?" });
  await expect(dialog.getByRole("button", { name: "Keep key" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  expect((await core.command("session_get", {})).key_storage).toBe("keychain");

  await panel.getByRole("button", { name: "Forget key…" }).click();
  await dialog.getByRole("button", { name: "Forget key", exact: true }).click();
  await expect(dialog.getByRole("status")).toContainText(
    `The key is gone. The keychain was read again and holds no key for ${core.apolloUrl}.`,
  );
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(panel).toContainText("No key.");
  const session = await core.command("session_get", {});
  expect([session.key_storage, session.stage]).toEqual(["none", "welcome"]);
});

test("the main window goes to the first screen when the key is forgotten elsewhere", async ({
  page,
  desk,
  core,
}) => {
  await desk.openToday();
  await core.command("key_forget", {}, "settings");
  await expect(desk.button("Connect to Apollo")).toBeVisible();
  await expect(page.getByRole("grid")).toHaveCount(0);
});

test("who I am can be changed, and the main window asks anew", async ({ page, context, core }) => {
  const panel = await openSettings(page, "Connection");
  await expect(panel).toContainText(REP);
  const main = await context.newPage();
  await main.goto("/");
  await expect(main.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await panel.getByRole("button", { name: "Change who I am" }).click();
  await expect(main.getByRole("heading", { name: "Who are you?", level: 1 })).toBeVisible();
  await expect(panel).toContainText("Nobody chosen yet");
  expect((await core.command("session_get", {})).rep).toBeNull();
});

test("an address that was given at the start cannot be changed, and says why", async ({
  page,
  core,
}) => {
  const panel = await openSettings(page, "Connection");
  const address = panel.getByRole("textbox", { name: "Apollo address" });
  await expect(address).toBeDisabled();
  await expect(address).toHaveValue(core.apolloUrl);
  await expect(address).toHaveAccessibleDescription(/cannot be changed/);
});

test("calling hours are saved when left; hours that make no sense are refused beside the field", async ({
  page,
  core,
}) => {
  const panel = await openSettings(page, "Calling hours");
  const opens = panel.getByRole("textbox", { name: "Opens" });
  const closes = panel.getByRole("textbox", { name: "Closes" });
  await opens.fill("09:30");
  await page.keyboard.press("Tab");
  await expect(said(page)).toHaveText("Saved");
  await expect
    .poll(async () => (await core.command("settings_get", {})).settings.calling_hours.opens)
    .toBe("09:30");

  await closes.fill("half past eight");
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("The closing time is not a time such as 08:00.");
  await expect(closes).toHaveAttribute("aria-invalid", "true");
  await expect(closes).toHaveAccessibleDescription(/The closing time is not a time/);
  await expect(closes).toHaveValue("half past eight");
  await closes.fill("09:00");
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("Calling hours must open before they close.");
  await closes.fill("20:00");
  await page.keyboard.press("Enter");
  await expect(closes).not.toHaveAttribute("aria-invalid", "true");
  await expect
    .poll(async () => (await core.command("settings_get", {})).settings.calling_hours)
    .toEqual({ opens: "09:30", closes: "20:00", outside: "block" });

  const ask = panel.getByRole("radio", { name: "Ask each time" });
  await ask.click();
  await expect(ask).toBeChecked();
  await expect
    .poll(async () => (await core.command("settings_get", {})).settings.calling_hours.outside)
    .toBe("ask");
});

test("dispositions can be written down, and a rep then sees them with number keys", async ({
  page,
  desk,
  core,
  context,
}) => {
  const panel = await openSettings(page, "Dispositions");
  await expect(panel).toContainText("the outcomes that Apollo’s past calls name");
  const used = panel.getByRole("list", { name: "Outcomes used now" });
  await expect(used.getByRole("listitem").first()).toContainText("No Answer");
  await panel.getByRole("button", { name: "Add outcome" }).click();
  const name = panel.getByRole("textbox", { name: "Outcome 1 name" });
  const id = panel.getByRole("textbox", { name: "Outcome 1 Apollo id" });
  await name.fill("Reached");
  await id.fill("not an id");
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("alert")).toContainText(
    "The id of “Reached” is not an Apollo id: 24 digits and letters a to f.",
  );
  await id.fill("63D0A6E156C4F6EEA1AE8103");
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await expect(panel).toContainText("the outcomes written down here");
  await expect
    .poll(async () => (await core.command("settings_get", {})).settings.outcomes)
    .toEqual([{ name: "Reached", outcome_id: "63d0a6e156c4f6eea1ae8103" }]);

  const main = await context.newPage();
  await main.goto("/");
  await main.getByRole("row", { name: /^All my call tasks/ }).click();
  const outcomes = main.getByRole("radiogroup", { name: "Outcome" }).getByRole("radio");
  await expect(outcomes).toHaveCount(1);
  await expect(outcomes).toHaveAccessibleName("Reached");
  await expect(outcomes).toHaveAttribute("aria-keyshortcuts", "1");

  await panel.getByRole("button", { name: "Remove outcome 1" }).click();
  await expect(panel.getByRole("group")).toHaveCount(0);
  await expect(outcomes).not.toHaveCount(1);
  expect(desk.page).toBe(page);
});

test("only a phone app's link with a place for the number is accepted, and dialing uses it", async ({
  page,
  core,
}) => {
  const panel = await openSettings(page, "Dialing");
  const link = panel.getByRole("textbox", { name: "Phone app link" });
  await expect(link).toHaveValue("tel:{e164}");
  for (const [bad, sentence] of [
    ["https://example.com/{e164}", "does not begin with the scheme of a phone app"],
    ["tel:123", "must hold {e164} or {digits}"],
    ["tel:{e164} now", "a character that does not belong there"],
  ] as const) {
    await link.fill(bad);
    await page.keyboard.press("Enter");
    await expect(link).toHaveAccessibleDescription(new RegExp(sentence.replace(/[{}]/g, "\\$&")));
  }
  expect((await core.command("settings_get", {})).settings.dial_template).toBe("tel:{e164}");

  await link.fill("rcmobile://call?number={digits}");
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText("Saved");
  await panel.getByRole("button", { name: "Test dial" }).click();
  await expect(said(page)).toHaveText("Test number handed over");
  expect(await core.dialed()).toEqual(["rcmobile://call?number=12025550123"]);
});

test("what is on this machine is told with counts, and the days to keep ids are bounded", async ({
  page,
  core,
}) => {
  const panel = await openSettings(page, "Data on this machine");
  const stored = panel.getByRole("list", { name: "What is stored" }).getByRole("listitem");
  await expect(stored.filter({ hasText: "1 person to log calls as" })).toHaveCount(1);
  await expect(stored.filter({ hasText: "in memory only" })).toHaveCount(1);
  const days = panel.getByRole("textbox", { name: "Days to keep ids of logged calls" });
  await days.fill("a while");
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("A whole number of days, please.");
  await days.fill("4000");
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("1 to 365 days");
  await days.fill("30");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await core.command("settings_get", {})).settings.retention_days)
    .toBe(30);
});

test("the log folder is opened by the computer", async ({ page, core }) => {
  const panel = await openSettings(page, "About");
  await expect(panel).toContainText("0.0.0-test");
  await panel.getByRole("button", { name: "Open logs" }).click();
  await expect.poll(() => core.askedOfHost("open_folder")).toHaveLength(1);
});
