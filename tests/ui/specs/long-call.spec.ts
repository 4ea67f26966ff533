import { expect, test } from "../world/test.ts";

const NIGHT_S = 9 * 3600;
const HOUR_S = 3600;

test("a call that ran over night is asked about before it is saved", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await core.sleep(NIGHT_S);
  // Saving ends a call that goes on.
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog", { name: "Correct call times" });
  await expect(dialog).toContainText("This call ran 9 h 0 min. When did it end?");
  const ended = dialog.getByRole("textbox", { name: "Call ended" });
  await expect(ended).toBeFocused();
  await expect(ended).toHaveAccessibleDescription(/This call ran 9 h 0 min/);
  expect(await core.apollo.calls()).toEqual([]);

  const started = await dialog.getByRole("textbox", { name: "Call started" }).inputValue();
  await ended.fill(later(started, 150));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(desk.timer).toHaveText("02:30");
  await expect(desk.person).toHaveText(name);
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  const [call] = await core.apollo.calls();
  expect(call?.duration).toBe(150);
  expect(Date.parse(call?.end_time ?? "") - Date.parse(call?.start_time ?? "")).toBe(150_000);
});

test("a long call whose times stay unchanged is asked about once", async ({ page, desk, core }) => {
  await desk.openQueue();
  await desk.dial();
  await core.sleep(NIGHT_S);
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Correct call times" });
  await expect(dialog).toContainText("This call ran 9 h 0 min.");
  await dialog.getByRole("button", { name: "Save times" }).click();
  await expect(dialog).toHaveCount(0);
  await desk.list.focus();
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  const [call] = await core.apollo.calls();
  expect(Math.abs((call?.duration ?? 0) - NIGHT_S)).toBeLessThan(60);
});

test("a clock that is set back during a call changes neither the timer nor the logged times", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await desk.dial();
  await core.sleep(-HOUR_S);
  await expect(desk.timer).toHaveText(/^00:0[2-9]$/);
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  const [call] = await core.apollo.calls();
  expect(call?.duration).toBeGreaterThanOrEqual(1);
  expect(call?.duration).toBeLessThan(60);
  expect(Date.parse(call?.end_time ?? "") - Date.parse(call?.start_time ?? "")).toBe(
    (call?.duration ?? 0) * 1000,
  );
});

/** A time such as "14:05:30", so many seconds later. */
function later(clock: string, seconds: number): string {
  const [hours, minutes, rest] = clock.split(":").map(Number);
  const whole = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (rest ?? 0) + seconds) % 86_400;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(whole / 3600)}:${two((whole % 3600) / 60)}:${two(whole % 60)}`;
}
