/** Keys as other keyboards and input methods send them. */
import type { CDPSession, Page } from "@playwright/test";
import type { SequenceReport } from "../../../ui/src/generated/SequenceReport.ts";
import { expect, test } from "../world/test.ts";

// An answer may be under way when a test is done.
test.afterEach(async ({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

const CTRL = 2;

/** A key with its place and what it writes there, as the system reports it. */
async function press(
  keyboard: CDPSession,
  key: string,
  code: string,
  more: { modifiers?: number; keyCode?: number; text?: string } = {},
): Promise<void> {
  const { modifiers = 0, keyCode = 0, text } = more;
  const common = { key, code, modifiers, windowsVirtualKeyCode: keyCode };
  await keyboard.send("Input.dispatchKeyEvent", {
    type: text === undefined ? "rawKeyDown" : "keyDown",
    ...common,
    ...(text === undefined ? {} : { text }),
  });
  await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...common });
}

const keyboardOf = (page: Page) => page.context().newCDPSession(page);

for (const [layout, down, up, note, palette] of [
  ["Russian", "о", "л", "т", "л"],
  ["Greek", "ξ", "κ", "ν", "κ"],
  ["Hebrew", "ח", "ל", "מ", "ל"],
] as const) {
  test(`on a ${layout} keyboard a key is what stands at its place`, async ({
    page,
    desk,
    core,
  }) => {
    await desk.openQueue();
    const names = (await core.queue()).rows.map((row) => row.name);
    await page.keyboard.press("Home");
    const keyboard = await keyboardOf(page);
    await press(keyboard, down, "KeyJ", { text: down });
    await expect(desk.person).toHaveText(names[1] ?? "");
    await press(keyboard, up, "KeyK", { text: up });
    await expect(desk.person).toHaveText(names[0] ?? "");
    await press(keyboard, palette, "KeyK", { modifiers: CTRL });
    await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
    await page.keyboard.press("Escape");
    await press(keyboard, note, "KeyN", { text: note });
    await expect(desk.note).toBeFocused();
    // In the note the same key writes.
    await press(keyboard, down, "KeyJ", { text: down });
    await expect(desk.note).toHaveValue(down);
    await expect(desk.person).toHaveText(names[0] ?? "");
  });
}

test("a key that an input method has taken neither saves, nor submits, nor closes anything", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  const keyboard = await keyboardOf(page);
  const compose = (text: string) =>
    keyboard.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });

  // In the note: Ctrl+Enter and Ctrl+K while composing.
  await expect(desk.outcomes.getByRole("radio").first()).toBeVisible();
  await page.keyboard.press("1");
  await expect(desk.note).toBeFocused();
  await compose("にほん");
  await press(keyboard, "Enter", "Enter", { modifiers: CTRL, keyCode: 13 });
  await press(keyboard, "k", "KeyK", { modifiers: CTRL, keyCode: 229 });
  await press(keyboard, "Process", "KeyS", { modifiers: CTRL, keyCode: 229 });
  await keyboard.send("Input.insertText", { text: "日本" });
  await expect(desk.note).toHaveValue("日本");
  await expect(desk.person).toHaveText(name);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // In a dialog: the Enter that takes a word, and the Esc that drops it.
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog", { name: "Skip this task" });
  await dialog.getByRole("radio", { name: "Other reason" }).check();
  const reason = dialog.getByRole("textbox", { name: "Reason in words" });
  await reason.focus();
  await compose("かいぎ");
  await press(keyboard, "Enter", "Enter", { keyCode: 13, text: "\r" });
  await press(keyboard, "Enter", "Enter", { keyCode: 229 });
  await press(keyboard, "Process", "Enter", { keyCode: 229 });
  await press(keyboard, "Escape", "Escape", { keyCode: 27 });
  await keyboard.send("Input.insertText", { text: "会議" });
  await expect(reason).toHaveValue("会議");
  await expect(dialog).toBeVisible();

  // Some browsers end the composition first and then report the Enter as an ordinary one.
  await compose("ちゅう");
  await reason.evaluate((field) => {
    field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "中" }));
    const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
    const goesOn = field.dispatchEvent(new KeyboardEvent("keydown", enter));
    if (goesOn) (field as HTMLInputElement).form?.requestSubmit();
  });
  await keyboard.send("Input.insertText", { text: "中" });
  await expect(dialog).toBeVisible();
  expect((await core.queue()).finished).toBe(0);

  // An Enter outside of a composition counts.
  await reason.press("End");
  await reason.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(desk.announcements).toHaveText(`Skipped ${name}`);
});

test("an input method's Enter takes no search, no palette entry, no row and no setting", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  const keyboard = await keyboardOf(page);
  const enters = async () => {
    await press(keyboard, "Enter", "Enter", { keyCode: 229 });
    await press(keyboard, "Process", "Enter", { keyCode: 229 });
  };
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search queue" });
  await expect(search).toBeFocused();
  await enters();
  await expect(search).toBeFocused();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("calls");
  await enters();
  await expect(palette).toBeVisible();
  await page.keyboard.press("Escape");
  await desk.list.focus();
  await enters();
  expect(await core.dialed()).toEqual([]);
  await expect(desk.person).toHaveText(name);

  await page.goto("/settings.html");
  await page.getByRole("tab", { name: "Dialing" }).click();
  const field = page.getByRole("textbox", { name: "Undo time in seconds" });
  await field.fill("33");
  await enters();
  const { settings } = await core.command("settings_get", {});
  expect(settings.undo_s).not.toBe(33);
});

test("r leads to Calls from every row of Today, whatever the rows are called", async ({
  page,
  desk,
}) => {
  // The table finds rows by typed letters, too.
  await page.route("**/command/report_get", async (route) => {
    const reply = await route.fetch();
    const report = (await reply.json()) as SequenceReport;
    const [first, ...others] = report.sequences;
    const sequences = first ? [{ ...first, name: "Renewals" }, ...others] : [];
    await route.fulfill({ response: reply, json: { ...report, sequences } });
  });
  await desk.openToday();
  await expect(desk.sequences.getByRole("row").nth(1)).toBeFocused();
  await page.keyboard.press("r");
  await expect(desk.heading("Calls", 1)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(desk.heading("Today", 1)).toBeVisible();
  await expect(desk.sequences.getByRole("row").nth(1)).toBeFocused();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Filter sequences" })).toBeFocused();
  await page.keyboard.press("Tab");
  await desk.sequences.getByRole("row").nth(2).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("an outcome that is chosen during a call leads to the note, so that letters are text", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await page.keyboard.press("3");
  await page.keyboard.type("was busy");
  await expect(desk.note).toHaveValue("was busy");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.outcomes.getByRole("radio").nth(2)).toBeChecked();
  await desk.outcomes.getByRole("radio").nth(1).click();
  await expect(desk.note).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect.poll(async () => (await core.apollo.calls())[0]?.note).toBe("was busy");
});

test("an outcome that is chosen without any call leads to the note", async ({ page, desk }) => {
  await desk.openQueue();
  await expect(desk.outcomes.getByRole("radio").first()).toBeVisible();
  await page.keyboard.press("1");
  await page.keyboard.type("Real window note");
  await expect(desk.note).toHaveValue("Real window note");
});

test("where no phone app takes the number, an outcome leads to the note all the same", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await page.route("**/command/call_dial", (route) =>
    route.fulfill({
      status: 422,
      json: { code: "dial_refused", message: "No phone app took the number." },
    }),
  );
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("No phone app took the number.");
  await page.keyboard.press("2");
  await page.keyboard.type("Real window note");
  await expect(desk.note).toHaveValue("Real window note");
  expect(await core.dialed()).toEqual([]);
});

test("in the note Ctrl with an arrow stays in the text, and Ctrl+J keeps the focus in the window", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const names = (await core.queue()).rows.map((row) => row.name);
  await page.keyboard.press("Home");
  await page.keyboard.press("n");
  await page.keyboard.type("one\ntwo");
  for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "Home", "End"]) {
    await page.keyboard.press(`Control+${key}`);
    await expect(desk.note).toBeFocused();
  }
  await expect(desk.person).toHaveText(names[0] ?? "");
  await page.keyboard.press("Control+j");
  await expect(desk.person).toHaveText(names[1] ?? "");
  await expect(desk.list).toBeFocused();
});
