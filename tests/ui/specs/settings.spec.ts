import type { Locator, Page } from "@playwright/test";
import { expect, REP, test } from "../world/test.ts";

async function openSettings(page: Page, tab: string): Promise<Locator> {
  await page.goto("/settings.html");
  await page.getByRole("tab", { name: tab, exact: true }).click();
  const panel = page.getByRole("tabpanel", { name: tab });
  await expect(panel).toBeVisible();
  return panel;
}

function announced(page: Page): Locator {
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

test("the page says that the network is the computer's, and that proxy scripts are not supported", async ({
  page,
}) => {
  const panel = await openSettings(page, "Connection");
  await expect(panel).toContainText(
    "Handset uses this computer’s proxy and the certificates it trusts. Handset does not support scripts that choose a proxy (PAC files).",
  );
});

test("the key is forgotten only after a question, and the proof is shown", async ({
  page,
  core,
}) => {
  const panel = await openSettings(page, "Connection");
  await expect(panel).toContainText("The key is in this computer’s keychain");
  await panel.getByRole("button", { name: "Forget key…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Forget the key?" });
  await expect(dialog.getByRole("button", { name: "Keep key" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  expect((await core.command("status_get", {})).key_storage).toBe("keychain");

  await panel.getByRole("button", { name: "Forget key…" }).click();
  await dialog.getByRole("button", { name: "Forget key", exact: true }).click();
  await expect(dialog.getByRole("status")).toContainText(
    `The key is gone. The keychain was read again and holds no key for ${core.apolloUrl}.`,
  );
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(panel).toContainText("There is no key.");
  const status = await core.command("status_get", {});
  expect([status.key_storage, status.stage]).toEqual(["none", "welcome"]);
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

for (const [action, command] of [
  ["the key is forgotten", "key_forget"],
  ["who I am is asked anew", "rep_change"],
] as const) {
  test(`a call that waits is mentioned while ${action}`, async ({ page, desk, core }) => {
    await desk.openQueue();
    await core.apollo.add({ kind: "reset_before" });
    await desk.workOne("Not sent yet.");
    await expect(desk.button("1 unsent call")).toBeVisible();
    await core.command(command, {}, "settings");
    await expect(page.getByRole("status", { name: "Unsent calls" })).toContainText(
      "1 call is unsent. It stays saved on this computer",
    );
  });
}

test("who I am can be changed, and the main window asks anew", async ({ page, context, core }) => {
  const panel = await openSettings(page, "Connection");
  await expect(panel).toContainText(REP);
  const main = await context.newPage();
  await main.goto("/");
  await expect(main.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await panel.getByRole("button", { name: "Change who I am" }).click();
  await expect(main.getByRole("heading", { name: "Who are you?", level: 1 })).toBeVisible();
  await expect(panel).toContainText("Nobody chosen yet");
  expect((await core.command("status_get", {})).rep).toBeNull();
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
  await expect(announced(page)).toHaveText("Saved");
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
  await expect(announced(page)).toHaveText("Saved");
  await panel.getByRole("button", { name: "Test dial" }).click();
  await expect(announced(page)).toHaveText("Test number handed over");
  expect(await core.dialed()).toEqual(["rcmobile://call?number=12025550123"]);
});

test("the data on this machine is listed with counts, and the days to keep ids are bounded", async ({
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
  await expect(panel).toContainText("Type a whole number of days.");
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

test("an outcome gets a rule: a new task, a stage, and a note that is needed", async ({
  page,
  desk,
  core,
  context,
}) => {
  const panel = await openSettings(page, "Dispositions");
  const used = panel.getByRole("list", { name: "Outcomes used now" });
  const first = used.getByRole("listitem").first();
  await expect(first).toContainText("Completes the task.");
  const { outcomes } = await core.command("dispositions_get", {});
  const outcome = outcomes[0];
  if (!outcome) throw new Error("there is no outcome");
  await panel.getByRole("button", { name: `Rule of ${outcome.name}`, exact: true }).click();
  const group = panel.getByRole("group", { name: `Rule of ${outcome.name}`, exact: true });
  await group.getByRole("radio", { name: "Complete it, and make a new call task" }).click();
  const days = group.getByRole("textbox", { name: "Days until the next call" });
  await expect(days).toHaveValue("2");
  await days.fill("soon");
  await page.keyboard.press("Enter");
  await expect(days).toHaveAccessibleDescription(/Type a whole number of days\./);
  await days.fill("400");
  await page.keyboard.press("Enter");
  await expect(days).toHaveAccessibleDescription(/0 to 365 days/);
  await days.fill("3");
  await page.keyboard.press("Enter");
  await expect(first).toContainText("Completes the task. Makes a new call task for 3 days");

  const stage = group.getByRole("combobox", { name: "Stage of the contact" });
  await stage.selectOption({ index: 1 });
  await expect(first).toContainText("Changes the contact’s stage");
  await group.getByRole("checkbox", { name: "A note is needed" }).click();
  await expect(first).toContainText("A note is needed.");
  const { stages } = await core.command("stages_get", {}, "settings");
  expect((await core.command("settings_get", {})).settings.rules).toEqual([
    {
      outcome: outcome.key,
      callback_days: 3,
      callback_how: "new_task",
      stage_id: stages[0]?.id,
      finish_sequence: false,
      note_required: true,
      opts_out: null,
    },
  ]);

  // The rep's next call follows the rule.
  const main = await context.newPage();
  await main.goto("/");
  await main.getByRole("row", { name: /^All my call tasks/ }).click();
  await main.getByRole("radio", { name: outcome.name }).click();
  await main.getByRole("textbox", { name: "Note", exact: true }).fill("By the rule.");
  await main.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.createdTasks()).length).toBe(1);
  await expect.poll(() => core.apollo.happened("contact_stage")).toBe(1);
  expect(desk.page).toBe(page);
});

test("a rule that is emptied is removed", async ({ page, core }) => {
  const panel = await openSettings(page, "Dispositions");
  await panel
    .getByRole("button", { name: /^Rule of / })
    .first()
    .click();
  const finish = panel.getByRole("checkbox", { name: "Finish the sequence for this contact" });
  await finish.click();
  await expect
    .poll(async () => (await core.command("settings_get", {})).settings.rules.length)
    .toBe(1);
  await finish.click();
  await expect
    .poll(async () => (await core.command("settings_get", {})).settings.rules.length)
    .toBe(0);
});

test("stages that cannot be read are reported, and can be read again", async ({ page, core }) => {
  await core.apollo.add({ kind: { status: 500 } });
  const panel = await openSettings(page, "Dispositions");
  await panel
    .getByRole("button", { name: /^Rule of / })
    .first()
    .click();
  await expect(panel.getByRole("alert")).toContainText("The stages of contacts could not be read.");
  await core.apollo.repair();
  await panel.getByRole("button", { name: "Read stages again" }).click();
  await expect(panel.getByRole("combobox", { name: "Stage of the contact" })).toBeEnabled();
});

test("the undo time is a number of seconds up to a minute", async ({ page, core }) => {
  const panel = await openSettings(page, "Dialing");
  const seconds = panel.getByRole("textbox", { name: "Undo time in seconds" });
  await expect(seconds).toHaveAccessibleDescription(/0 sends at once/);
  await seconds.fill("a few");
  await page.keyboard.press("Enter");
  await expect(seconds).toHaveAccessibleDescription(/Type a whole number of seconds\./);
  await seconds.fill("61");
  await page.keyboard.press("Enter");
  await expect(seconds).toHaveAccessibleDescription(/at most 60 seconds/);
  await seconds.fill("10");
  await page.keyboard.press("Enter");
  await expect(announced(page)).toHaveText("Saved");
  await expect.poll(async () => (await core.command("settings_get", {})).settings.undo_s).toBe(10);
});
