import type { Locator, Page } from "@playwright/test";
import type { OutcomeRule } from "../../../ui/src/generated/OutcomeRule.ts";
import type { Core } from "../world/core.ts";
import type { Desk } from "../world/desk.ts";
import { expect, test } from "../world/test.ts";

const DAY_MS = 24 * 3_600_000;
/** A test may take so long between a choice and its check. */
const SLACK_MS = 5 * 60_000;

async function rule(core: Core, change: Partial<OutcomeRule>): Promise<string> {
  const { outcomes } = await core.command("dispositions_get", {});
  const [first] = outcomes;
  if (!first) throw new Error("there is no outcome");
  const plain: OutcomeRule = {
    outcome: first.key,
    callback_days: null,
    callback_how: null,
    stage_id: null,
    finish_sequence: false,
    note_required: false,
    opts_out: null,
  };
  await core.changeSettings({ rules: [{ ...plain, ...change }] });
  return first.name;
}

/** Finishes a sequence on purpose; a sequence also ends by itself, after its last step. */
const FINISH = "emailer_campaigns#remove_or_stop_contact_ids";

/** Goes to a person in a sequence, so that there is a sequence to finish. */
async function toSequenced(desk: Desk, core: Core): Promise<void> {
  await desk.find(
    await core.row(
      "in a sequence and callable",
      (one) => one.sequence !== null && one.state === "open" && one.reach.state === "callable",
    ),
  );
}

/** Makes a call, ends it and picks an outcome; focus is then in the note. */
async function called(page: Page, desk: Desk): Promise<void> {
  await desk.dial();
  await desk.endCall();
  await page.keyboard.press("1");
  await expect(desk.note).toBeFocused();
}

function callbackDialog(page: Page): Locator {
  return page.getByRole("dialog", { name: / back$/ });
}

test("an outcome says what it does, and does it: sequence finished, stage changed", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await rule(core, { finish_sequence: true });
  await toSequenced(desk, core);
  await called(page, desk);
  await expect(desk.wrapUp).toContainText("Completes the task. Finishes the sequence.");
  const finish = desk.wrapUp.getByRole("checkbox", {
    name: "Finish the sequence for this contact",
  });
  await expect(finish).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(/^Saved/);
  await expect.poll(async () => (await core.apollo.requests(FINISH)).length).toBe(1);
  expect(await core.apollo.finished("task_completed")).toHaveLength(1);
});

test("the rep's own word on the sequence goes before the rule", async ({ page, desk, core }) => {
  await desk.openQueue();
  await rule(core, { finish_sequence: true });
  await toSequenced(desk, core);
  await called(page, desk);
  const finish = desk.wrapUp.getByRole("checkbox", {
    name: "Finish the sequence for this contact",
  });
  await finish.click();
  await expect(finish).not.toBeChecked();
  await expect(desk.wrapUp).toContainText("For this call, your choice below counts instead.");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
  await expect(desk.button("No unsent calls")).toBeVisible();
  expect(await core.apollo.requests(FINISH)).toHaveLength(0);
});

test("b, Enter: the call is completed, and a new task is made for tomorrow", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await called(page, desk);
  await page.keyboard.type("Call again tomorrow.");
  await page.keyboard.press("Control+b");
  const dialog = callbackDialog(page);
  await expect(dialog).toHaveAccessibleName(`Call ${name} back`);
  await expect(dialog.getByRole("radio", { name: /^Tomorrow, same time, / })).toBeFocused();
  await expect(
    dialog.getByRole("radio", { name: "Complete this task and make a new call task" }),
  ).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(desk.wrapUp).toContainText(/Calls back \w{3} \d{1,2} \w{3,4}, \d\d:\d\d · new task/);
  await expect(desk.note).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect.poll(async () => (await core.apollo.createdTasks()).length).toBe(1);
  const [made] = await core.apollo.createdTasks();
  const [call] = await core.apollo.calls();
  expect(made?.contact_id).toBe(call?.contact_id);
  const ahead = new Date(made?.due_at ?? 0).getTime() - Date.now();
  expect(Math.abs(ahead - DAY_MS)).toBeLessThan(SLACK_MS);
  expect(await core.apollo.finished("task_completed")).toHaveLength(1);
});

test("a task can be moved instead: it is not completed, and comes back at that time", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const { selected } = await core.queue();
  await called(page, desk);
  await page.keyboard.press("Control+b");
  const dialog = callbackDialog(page);
  await dialog.getByRole("radio", { name: /^In 2 days, / }).click();
  await dialog.getByRole("radio", { name: /^Move this task to then/ }).click();
  await dialog.getByRole("button", { name: "Set callback" }).click();
  await expect(desk.wrapUp).toContainText(/Calls back .* · this task moves/);
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.changedTasks()).length).toBe(1);
  const [moved] = await core.apollo.changedTasks();
  expect(moved?.id).toBe(selected);
  const ahead = new Date(moved?.due_at ?? 0).getTime() - Date.now();
  expect(Math.abs(ahead - 2 * DAY_MS)).toBeLessThan(SLACK_MS);
  expect(await core.apollo.finished("task_completed")).toEqual([]);
  expect(await core.apollo.calls()).toHaveLength(1);
});

test("a day and a time are typed; one that has passed cannot be set; a callback can be removed", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await page.keyboard.press("b");
  const dialog = callbackDialog(page);
  const year = dialog.getByRole("spinbutton", { name: /^year/ });
  await year.press("ArrowDown");
  await expect(dialog.getByRole("alert")).toHaveText("This time has passed. Pick a later time.");
  await expect(dialog.getByRole("button", { name: "Set callback" })).toBeDisabled();
  await year.press("ArrowUp");
  await dialog.getByRole("spinbutton", { name: /^hour/ }).focus();
  await page.keyboard.type("0905");
  await dialog.getByRole("button", { name: "Set callback" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(desk.wrapUp).toContainText(/Calls back .*, 09:05 · new task/);

  // The callback is part of the draft.
  await expect
    .poll(async () => {
      const { selected } = await core.queue();
      return (await core.command("card_get", { task_id: selected ?? "" })).draft.form.callback?.how;
    })
    .toBe("new_task");
  await page.reload();
  await expect(desk.wrapUp).toContainText(/Calls back .*, 09:05 · new task/);
  await desk.wrapUp.getByRole("button", { name: "Remove callback" }).click();
  await expect(desk.wrapUp).not.toContainText("Calls back");
});

test("Escape closes the callback without a change", async ({ page, desk }) => {
  await desk.openQueue();
  await page.keyboard.press("b");
  await expect(callbackDialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(callbackDialog(page)).toHaveCount(0);
  await expect(desk.wrapUp).not.toContainText("Calls back");
  await expect(desk.list).toBeFocused();
});

test("where a note is needed, the button says so before, and leads to the note", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const outcome = await rule(core, { note_required: true });
  const name = await desk.name();
  await called(page, desk);
  await expect(desk.save).toBeEnabled();
  await expect(desk.save).toHaveAccessibleDescription(`A note is needed for ${outcome}.`);
  await desk.save.click();
  await expect(desk.note).toBeFocused();
  await expect(desk.person).toHaveText(name);
  expect(await core.apollo.calls()).toEqual([]);
  await page.keyboard.type("Here it is.");
  await expect(desk.save).not.toHaveAccessibleDescription(/needed/);
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
});
