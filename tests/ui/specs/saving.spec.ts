import type { Problem } from "../../../ui/src/generated/Problem.ts";
import { expect, test } from "../world/test.ts";

const NOTE = "Wants a demo on Thursday.\nAsk for Priya; “second floor”.";

test("a save that is refused brings the rep back with every word, and nothing is lost or doubled", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await desk.endCall();
  await page.keyboard.press("3");
  await page.keyboard.type(NOTE);
  const problem: Problem = {
    code: "not_saved",
    message: "The call could not be kept: the disk is full.",
    hint: "Free some space, then save again.",
  };
  await page.route("**/command/wrap_up_save", (route) =>
    route.fulfill({ status: 422, json: problem }),
  );
  await page.keyboard.press("Control+Enter");

  const alert = desk.wrapUp.getByRole("alert");
  await expect(alert).toContainText("the disk is full");
  await expect(alert).toContainText("Free some space");
  await expect(desk.person).toHaveText(name);
  await expect(desk.note).toHaveValue(NOTE);
  await expect(desk.note).toBeFocused();
  await expect(desk.outcomes.getByRole("radio").nth(2)).toBeChecked();
  await expect(desk.wrapUp).toContainText("Call ended");
  expect(await core.apollo.calls()).toEqual([]);

  await page.unroute("**/command/wrap_up_save");
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect(desk.wrapUp.getByRole("alert")).toHaveCount(0);
  await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
  expect((await core.apollo.calls()).map((call) => call.note)).toEqual([NOTE]);
});

test("a core that does not answer as expected is told apart from a save", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await desk.endCall();
  await page.keyboard.press("1");
  await page.keyboard.type(NOTE);
  await page.route("**/command/wrap_up_save", (route) => route.abort());
  await page.keyboard.press("Control+Enter");
  await expect(desk.wrapUp.getByRole("alert")).toContainText("Nothing you saved is lost");
  await expect(desk.person).toHaveText(name);
  await expect(desk.note).toHaveValue(NOTE);
  await page.unroute("**/command/wrap_up_save");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
});

test("a save that the core itself refuses comes back too: a note that Apollo would not take", async ({
  desk,
  page,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await desk.endCall();
  await page.keyboard.press("1");
  const tooLong = "x".repeat(60_001);
  await desk.note.fill(tooLong);
  await page.keyboard.press("Control+Enter");

  await expect(desk.wrapUp.getByRole("alert")).toContainText("The note is too long for Apollo.");
  await expect(desk.person).toHaveText(name);
  await expect(desk.note).toHaveValue(tooLong);
  await desk.note.fill(NOTE);
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  expect((await core.apollo.calls())[0]?.note).toBe(NOTE);
});

test("a refused skip brings the rep back to the task", async ({ page, desk, core }) => {
  await desk.openQueue();
  const name = await desk.name();
  const problem: Problem = { code: "not_saved", message: "The skip could not be kept." };
  await page.route("**/command/task_skip", (route) =>
    route.fulfill({ status: 422, json: problem }),
  );
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Skip this task" });
  await expect(dialog.getByRole("radio", { name: "Wrong number" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(desk.wrapUp.getByRole("alert")).toContainText("The skip could not be kept.");
  await expect(desk.person).toHaveText(name);
  expect(await core.apollo.finished("task_skipped")).toEqual([]);
});

test("a call that the phone app refuses is not a call", async ({ page, desk, core }) => {
  await desk.openQueue();
  const problem: Problem = {
    code: "dial_refused",
    message: "The phone app did not take the number.",
  };
  await page.route("**/command/call_dial", (route) =>
    route.fulfill({ status: 422, json: problem }),
  );
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert").filter({ hasText: "did not take the number" });
  await expect(alert).toBeVisible();
  await expect(desk.timer).toHaveText("00:00");
  await desk.button("Dismiss problem").click();
  await expect(alert).toHaveCount(0);
  expect(await core.dialed()).toEqual([]);
});

test("save and next works from any button, and presses none of them", async ({ page, desk }) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await desk.endCall();
  await page.keyboard.press("1");
  const skip = page.getByRole("button", { name: "Skip…" });
  await skip.focus();
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
