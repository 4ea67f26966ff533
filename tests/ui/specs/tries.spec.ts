import { expect, test } from "../world/test.ts";

test("no answer on one number, the next with one key: two calls, one task completed", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const card = await desk.findWithTwoNumbers();
  await desk.dial();
  await page.keyboard.press("t");
  await expect.poll(async () => (await core.dialed()).length).toBe(2);
  await expect(desk.announcements).toHaveText(`Call started: ${card.contact.name}`);
  await expect(desk.person).toHaveText(card.contact.name);
  await expect(desk.timer).toHaveText(/^00:0\d$/);
  await expect(desk.card).toContainText(/Tried at \d\d:\d\d: No Answer/i);
  await desk.endCall();
  await page.keyboard.press("1");
  await page.keyboard.type("Reached on the second.");
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${card.contact.name}`);

  await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(2);
  const calls = await core.apollo.calls();
  const dialed = (await core.dialed()).map((uri) => uri.slice("tel:".length));
  expect(new Set(calls.map((call) => call.to_number))).toEqual(new Set(dialed));
  expect(new Set(calls.map((call) => call.call_identifier)).size).toBe(2);
});

test("a bad number is known, offered last, and a tried task is completed without a call", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const card = await desk.findWithTwoNumbers();
  const { outcomes } = await core.command("dispositions_get", {});
  const bad = outcomes.find((outcome) => outcome.number_was === "bad");
  expect(bad).toBeDefined();
  await desk.dial();
  await page.keyboard.press("d");
  await expect.poll(async () => (await core.dialed()).length).toBe(2);
  const after = await core.command("card_get", { task_id: card.task_id });
  await expect(desk.button("End call")).toBeEnabled();
  expect(after.phones.at(-1)).toMatchObject({ index: card.phones[0]?.index, is_bad: true });

  // The second number is tried, too, and nobody else is called.
  await desk.endCall();
  await core.command("try_save", {
    task_id: card.task_id,
    form: {
      outcome: outcomes[0]?.key ?? null,
      purpose_id: null,
      note: "",
      callback: null,
      finish_sequence: null,
    },
  });
  await expect(desk.button("Complete and next")).toBeEnabled();
  await desk.list.focus();
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Completed the task of ${card.contact.name}`);
  await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(2);
});
