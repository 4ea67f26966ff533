import type { Problem } from "../../../ui/src/generated/Problem.ts";
import { expect, test } from "../world/test.ts";

const NOTE = "Wants a demo on Thursday.\nAsk for Priya.";

test.describe("with time enough", () => {
  test.use({ undoS: 60 });

  test("undo brings back the card, the outcome and every word, and nothing was sent", async ({
    page,
    desk,
    core,
  }) => {
    await desk.openQueue();
    const name = await desk.workOne(NOTE, 2);
    const next = await desk.name();
    expect(next).not.toBe(name);
    await expect(desk.undo).toContainText(`Saved: ${name}, `);
    await expect(desk.undo).toContainText(/\d\d? s$/);
    await expect(desk.button("1 unsent call")).toBeVisible();

    await page.keyboard.press("z");
    await expect(desk.person).toHaveText(name);
    await expect(desk.note).toHaveValue(NOTE);
    await expect(desk.note).toBeFocused();
    await expect(desk.outcomes.getByRole("radio").nth(1)).toBeChecked();
    await expect(desk.wrapUp).toContainText("Call ended");
    await expect(desk.announcements).toHaveText(`Undone. The card of ${name} is open again.`);
    await expect(desk.undo).toHaveCount(0);
    await expect(desk.button("No unsent calls")).toBeVisible();
    expect(await core.apollo.requests("phone_calls#create")).toEqual([]);
    expect(await core.apollo.requests("tasks#complete")).toEqual([]);

    // The card is like any other: the note is sent as it is now.
    await core.changeSettings({ undo_s: 0 });
    await page.keyboard.type(" At ten.");
    await page.keyboard.press("Control+Enter");
    await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
    await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
    expect((await core.apollo.calls()).map((call) => call.note)).toEqual([`${NOTE} At ten.`]);
  });

  test("of two saves the last is undone first, then the one before", async ({
    page,
    desk,
    core,
  }) => {
    await desk.openQueue();
    const first = await desk.workOne("One.");
    const second = await desk.workOne("Two.");
    await page.keyboard.press("Control+z");
    await expect(desk.person).toHaveText(second);
    await expect(desk.note).toHaveValue("Two.");
    await expect(desk.undo).toContainText(`Saved: ${first}, `);
    await desk.undo.getByRole("button", { name: "Undo" }).click();
    await expect(desk.person).toHaveText(first);
    await expect(desk.note).toHaveValue("One.");
    expect(await core.apollo.requests("phone_calls#create")).toEqual([]);
  });

  test("an undo pressed at once after a save undoes that save", async ({ page, desk }) => {
    await desk.openQueue();
    await desk.workOne("One.");
    const second = await desk.name();
    await desk.dial();
    await desk.endCall();
    await page.keyboard.press("1");
    await page.keyboard.type("Two.");
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/command/wrap_up_save", async (route) => {
      await slow;
      await route.continue();
    });
    await page.keyboard.press("Control+Enter");
    await expect(desk.person).not.toHaveText(second);
    await page.keyboard.press("z");
    release();
    await expect(desk.person).toHaveText(second);
    await expect(desk.note).toHaveValue("Two.");
  });

  test("during another call the rep stays with it, and the earlier card waits with its note", async ({
    page,
    desk,
    core,
  }) => {
    await desk.openQueue();
    const name = await desk.workOne("Earlier words.");
    await desk.dial();
    const current = await desk.name();
    await page.keyboard.press("z");
    await expect(desk.announcements).toHaveText(
      `Undone. The card of ${name} is open again. This call goes on.`,
    );
    await expect(desk.person).toHaveText(current);
    await expect(desk.button("End call")).toBeEnabled();
    await expect(desk.undo).toHaveCount(0);
    await desk.list.focus();
    await page.keyboard.press("k");
    await expect(desk.person).toHaveText(name);
    await expect(desk.note).toHaveValue("Earlier words.");
    expect(await core.apollo.requests("phone_calls#create")).toEqual([]);
  });

  test("from Calls an undo leads back to the card", async ({ page, desk, core }) => {
    await desk.openQueue();
    const name = await desk.workOne("To be put right.");
    await page.keyboard.press("r");
    await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Can be undone$/);
    await expect(desk.receipt).toContainText(/It can be undone until \d\d:\d\d:\d\d/);
    await desk.receipt.getByRole("button", { name: "Undo" }).click();
    await expect(desk.person).toHaveText(name);
    await expect(desk.note).toHaveValue("To be put right.");
    await expect(desk.note).toBeFocused();

    // The key does the same, also in the list of calls, where letters find names.
    await page.keyboard.press("Control+Enter");
    await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
    await page.keyboard.press("r");
    await expect(desk.receiptList.getByRole("option").first()).toBeFocused();
    await page.keyboard.press("z");
    await expect(desk.person).toHaveText(name);
    await expect(desk.note).toBeFocused();
    expect(await core.apollo.requests("phone_calls#create")).toEqual([]);
  });

  test("a skip is undone too, from the palette", async ({ page, desk, core }) => {
    await desk.openQueue();
    const name = await desk.name();
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: "Skip this task" });
    await dialog.getByRole("radio", { name: "Wrong number" }).press("Space");
    await page.keyboard.press("Enter");
    await expect(desk.undo).toContainText(`Skipped: ${name}, Wrong number`);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("undo");
    await page.keyboard.press("Enter");
    await expect(desk.person).toHaveText(name);
    await expect(desk.save).toBeVisible();
    expect(await core.apollo.requests("tasks#skip")).toEqual([]);
  });

  test("in the note Ctrl+Z takes back typed text, and no save", async ({ page, desk }) => {
    await desk.openQueue();
    await desk.workOne("Saved words.");
    const next = await desk.name();
    await page.keyboard.press("n");
    await page.keyboard.type("abc");
    await page.keyboard.press("Control+z");
    await expect(desk.note).toHaveValue(/^(ab?)?$/);
    await expect(desk.person).toHaveText(next);
    await expect(desk.undo).toBeVisible();
  });

  test("an undo that is refused says why, and the rep stays", async ({ page, desk }) => {
    await desk.openQueue();
    await desk.workOne("Words.");
    const next = await desk.name();
    const problem: Problem = {
      code: "invalid",
      message: "It is too late to undo this: it is on its way to Apollo.",
      hint: "You can still correct it: open Calls, then Edit.",
    };
    await page.route("**/command/wrap_up_undo", (route) =>
      route.fulfill({ status: 422, json: problem }),
    );
    await page.keyboard.press("z");
    await expect(page.getByRole("alert").filter({ hasText: "Too late to undo" })).toContainText(
      "You can still correct it",
    );
    await expect(desk.person).toHaveText(next);
  });
});

test.describe("with two seconds", () => {
  test.use({ undoS: 2 });

  test("undo is gone after its time, and the call is sent", async ({ page, desk, core }) => {
    await desk.openQueue();
    await desk.workOne("On its way.");
    const next = await desk.name();
    await expect(desk.undo).toBeVisible();
    await expect(desk.undo).toHaveCount(0);
    await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
    await page.keyboard.press("z");
    await expect(
      page
        .getByRole("alert")
        .filter({ hasText: "The time to undo has passed. The call is saved." }),
    ).toContainText("A call that was sent can still be corrected: open Calls, then Edit.");
    expect((await core.apollo.calls()).map((call) => call.note)).toEqual(["On its way."]);
    await expect(desk.person).toHaveText(next);
  });
});

test("without an undo time a call is sent at once, and nothing offers to undo it", async ({
  desk,
  core,
}) => {
  await desk.openQueue();
  await desk.workOne("At once.");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  await expect(desk.undo).toHaveCount(0);
});
