import { expect, test } from "../world/test.ts";

const REGION = { name: "The call", exact: true } as const;

test("a running call is in sight, and is ended, on every screen", async ({ page, desk, core }) => {
  await desk.openQueue();
  const name = await desk.name();
  const strip = page.getByRole("region", REGION);
  await desk.dial();
  await expect(strip).toHaveCount(0);

  // On another card.
  await desk.list.focus();
  await page.keyboard.press("j");
  await expect(desk.person).not.toHaveText(name);
  await expect(strip).toContainText(`On the call with ${name}`);
  await expect(strip.getByRole("timer", { name: "Call timer" })).toHaveText(/^00:0\d$/);
  await page.keyboard.press("o");
  await expect(desk.person).toHaveText(name);
  await expect(strip).toHaveCount(0);

  // On Calls, and on Today.
  await page.keyboard.press("r");
  await expect(strip).toContainText(name);
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await expect(desk.heading("Today", 1)).toBeVisible();
  await expect(strip).toContainText(name);
  await page.keyboard.press("e");
  await expect(desk.announcements).toHaveText(/^Call ended after /);
  await expect(strip).toContainText(`The call with ${name} is not saved yet`);

  await strip.getByRole("button", { name: "Back to the card" }).click();
  await expect(desk.person).toHaveText(name);
  await expect(desk.note).toBeFocused();
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect(strip).toHaveCount(0);
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
});

test("a second call ends the first, which stays to be saved", async ({ page, desk, core }) => {
  await desk.openQueue();
  const first = await desk.name();
  await desk.dial();
  await desk.list.focus();
  await page.keyboard.press("j");
  await expect(desk.person).not.toHaveText(first);
  await expect(desk.firstCall).toBeEnabled();
  const second = await desk.name();
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: "End the other call first?" });
  await expect(question).toContainText(`The call with ${first} still goes on.`);
  expect(await core.dialed()).toHaveLength(1);
  await page.keyboard.press("Enter");
  await expect(desk.announcements).toHaveText(`Call started: ${second}`);
  expect(await core.dialed()).toHaveLength(2);
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+Enter");
  const strip = page.getByRole("region", REGION);
  await expect(strip).toContainText(`The call with ${first} is not saved yet`);
});

test("a card that the open queue does not list is shown in the queue of all", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const { rows } = await core.queue();
  let name = "";
  for (const row of rows) {
    const card = await core.command("card_get", { task_id: row.task_id });
    const isAlone = rows.every((other) => other === row || !other.name.includes(row.name));
    if (!isAlone || card.sequence === null || card.reach.state !== "callable") continue;
    await desk.find(row);
    name = row.name;
    break;
  }
  expect(name).not.toBe("");
  await desk.dial();
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await desk.sequences.getByRole("row", { name: /^Tasks without a sequence/ }).press("Enter");
  await expect(desk.heading("Tasks without a sequence", 1)).toBeVisible();
  const strip = page.getByRole("region", REGION);
  await expect(strip).toContainText(name);
  await desk.list.focus();
  await page.keyboard.press("o");
  await expect(desk.person).toHaveText(name);
  await expect(desk.heading("All my call tasks", 1)).toBeVisible();
  await expect(desk.button("End call")).toBeEnabled();
});
