import type { QueueRow } from "../../../ui/src/generated/QueueRow.ts";
import type { Core } from "../world/core.ts";
import { ProblemError } from "../world/core.ts";
import type { Desk } from "../world/desk.ts";
import { expect, MOMENT, test } from "../world/test.ts";

/** The core itself refuses to dial a person who must not be dialed, whatever a window shows. */
async function coreRefuses(core: Core, row: QueueRow, sentence: string, phone = 0): Promise<void> {
  const refusal = await core
    .command("call_dial", { task_id: row.task_id, phone, confirmed: true })
    .then(() => null)
    .catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(ProblemError);
  const { problem } = refusal as ProblemError;
  expect(problem.message).toContain(sentence);
}

async function cannotBeDialed(desk: Desk, core: Core, sentence: string): Promise<void> {
  await expect(desk.card).toContainText(sentence);
  await expect(desk.callButtons.first()).toBeVisible();
  await expect(desk.firstCall).toHaveCount(0);
  for (const button of await desk.callButtons.all()) await expect(button).toBeDisabled();
  await desk.page.keyboard.press("Enter");
  await expect(desk.announcements).toHaveText(new RegExp(sentence));
  await expect(desk.timer).toHaveText("00:00");
  expect(await core.dialed()).toEqual([]);
}

test("a person who opted out of calls cannot be dialed on any number", async ({ desk, core }) => {
  await desk.openQueue();
  const row = await core.row("opted out", (one) => one.reach.short === "opted out");
  await desk.find(row);
  const sentence = `Opted out of calls. Apollo marks ${row.name} as not to be called.`;
  await cannotBeDialed(desk, core, sentence);
  await expect(desk.callButtons.first()).toHaveAccessibleDescription(new RegExp(sentence));
  await expect(desk.list.getByRole("option").first()).toHaveAccessibleName(/opted out/);
  await coreRefuses(core, row, "Opted out of calls");
});

test("a do-not-call number says so and cannot be dialed, the person's other number can", async ({
  desk,
  core,
}) => {
  await desk.openQueue();
  const { rows } = await core.queue();
  let found: QueueRow | undefined;
  let next: string | undefined;
  let listed: number | undefined;
  for (const row of rows) {
    const { phones } = await core.command("card_get", { task_id: row.task_id });
    const isAlone = rows.every((other) => other === row || !other.name.includes(row.name));
    const free = phones.find((phone) => phone.can_dial);
    const held = phones.find((phone) => phone.do_not_call);
    if (isAlone && held && free && row.reach.state === "callable") {
      [found, next, listed] = [row, free.display, held.index];
      break;
    }
  }
  if (!found || !next || listed === undefined) {
    throw new Error("no card has a do-not-call number and another");
  }
  await desk.find(found);
  // Numbers that can be dialed come first.
  const refused = desk.callButtons.nth(listed);
  await expect(refused).toBeDisabled();
  await expect(refused).toHaveAccessibleDescription(/Do not call/);
  await expect(desk.firstCall).toHaveAccessibleName(
    new RegExp(`^Call ${next.replace("+", "\\+")}`),
  );
  await coreRefuses(core, found, "On a do-not-call list.", listed);
  await desk.dial();
  expect((await core.dialed())[0]).toBe(`tel:${next.replace(/[^\d+]/g, "")}`);
});

test("where every number is do-not-call, nothing can be dialed", async ({ desk, core }) => {
  await desk.openQueue();
  const row = await core.row("do not call", (one) => one.reach.short === "do not call");
  await desk.find(row);
  await cannotBeDialed(desk, core, "Every number is on a do-not-call list.");
  await coreRefuses(core, row, "Every number is on a do-not-call list.");
});

test("a person without a number can only be skipped", async ({ page, desk, core }) => {
  await desk.openQueue();
  const row = await core.row("without a number", (one) => one.reach.state === "no_number");
  await desk.find(row);
  await expect(desk.card).toContainText("Apollo has no number that can be dialed.");
  await expect(desk.firstCall).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(desk.announcements).toHaveText(/Apollo has no number that can be dialed/);
  expect(await core.dialed()).toEqual([]);
  await expect(desk.button("Skip…")).toBeEnabled();
});

test("outside calling hours nobody is dialed, and the card says when they open", async ({
  desk,
  core,
}) => {
  await core.callAtNoHour("block");
  await desk.openQueue();
  const row = await core.row("parked", (one) => one.reach.state === "parked");
  await desk.find(row);
  await cannotBeDialed(desk, core, `Outside calling hours in ${row.local_time?.place}.`);
  await expect(desk.card).toContainText("They open at 00:00 there.");
  await expect(desk.list.getByRole("option").first()).toHaveAccessibleName(/opens 00:00/);
  await coreRefuses(core, row, "Outside calling hours");
  await expect(desk.page.getByRole("region", { name: "Queue list" })).toContainText(
    new RegExp(String.raw`\d+ outside calling hours, next opens ${MOMENT}`),
  );
});

test("hours that open make the shown card callable at once", async ({ desk, core }) => {
  await core.callAtNoHour("block");
  await desk.openQueue();
  const row = await core.row("parked", (one) => one.reach.state === "parked");
  await desk.find(row);
  await expect(desk.firstCall).toHaveCount(0);
  await core.callAtAnyHour();
  await expect(desk.firstCall).toBeEnabled();
});

test("if the rep is asked, No dials nobody and Yes dials once", async ({ page, desk, core }) => {
  await core.callAtNoHour("ask");
  await desk.openQueue();
  const row = await core.row("parked", (one) => one.reach.state === "parked");
  await desk.find(row);
  const dialog = page.getByRole("alertdialog", { name: "Call outside calling hours?" });

  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("Outside calling hours in");
  await expect(dialog.getByRole("button", { name: "Do not call" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  expect(await core.dialed()).toEqual([]);

  await desk.list.focus();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Call anyway" }).click();
  await expect(desk.button("End call")).toBeEnabled();
  await expect(dialog).toHaveCount(0);
  expect(await core.dialed()).toHaveLength(1);
});

test("during a call nobody else is dialed", async ({ page, desk, core }) => {
  await desk.openQueue();
  await desk.dial();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("alert").filter({ hasText: "Another call is going on." }),
  ).toBeVisible();
  expect(await core.dialed()).toHaveLength(1);
});
