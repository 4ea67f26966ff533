import type { Locator, Page } from "@playwright/test";
import { expect, MOMENT, test } from "../world/test.ts";

async function openDispositions(page: Page): Promise<Locator> {
  await page.goto("/settings.html");
  await page.getByRole("tab", { name: "Dispositions", exact: true }).click();
  const panel = page.getByRole("tabpanel", { name: "Dispositions" });
  await expect(panel.getByRole("list", { name: "Outcomes used now" })).toBeVisible();
  return panel;
}

function list(panel: Locator): Locator {
  return panel.getByRole("list", { name: "Outcomes used now" }).getByRole("listitem");
}

function announced(page: Page): Locator {
  return page.getByRole("status", { name: "Announcements" });
}

/** The names of the outcomes, in the order of their digits. */
async function names(panel: Locator): Promise<string[]> {
  return list(panel).locator("strong").allTextContents();
}

test("outcomes are put in order with the keyboard, and the number keys follow", async ({
  page,
  core,
  context,
}) => {
  const panel = await openDispositions(page);
  await expect(panel).toContainText("Their order here is the order of the number keys.");
  await expect(panel).toContainText(
    new RegExp(String.raw`Last read from Apollo: ${MOMENT}\. Handset reads them anew`),
  );
  const before = await names(panel);
  const [first, second, third] = before;
  if (!first || !second || !third) throw new Error("too few outcomes");

  const up = (name: string) => panel.getByRole("button", { name: `Move ${name} up` });
  const down = (name: string) => panel.getByRole("button", { name: `Move ${name} down` });
  await expect(up(first)).toBeDisabled();
  await up(third).focus();
  await page.keyboard.press("Enter");
  await expect(announced(page)).toHaveText(`${third} is number 2 of ${before.length}`);
  await expect(up(third)).toBeFocused();
  await expect(list(panel).nth(1)).toContainText(third);
  await page.keyboard.press("Enter");
  await expect(announced(page)).toHaveText(`${third} is number 1 of ${before.length}`);
  // There is no way further up.
  await expect(down(third)).toBeFocused();
  const after = [third, first, second, ...before.slice(3)];
  await expect.poll(() => names(panel)).toEqual(after);

  const main = await context.newPage();
  await main.goto("/");
  await main.getByRole("row", { name: /^All my call tasks/ }).click();
  const radios = main.getByRole("radiogroup", { name: "Outcome" }).getByRole("radio");
  await expect(radios.first()).toHaveAccessibleName(third);
  await expect(radios.first()).toHaveAttribute("aria-keyshortcuts", "1");

  await panel.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => names(panel)).toEqual([first, third, second, ...before.slice(3)]);
  await expect(panel.getByRole("button", { name: "Undo", exact: true })).toHaveCount(0);
  const { outcomes } = await core.command("dispositions_get", {});
  expect(outcomes.map((outcome) => outcome.name).slice(0, 3)).toEqual([first, third, second]);
  await expect(radios.first()).toHaveAccessibleName(first);
});

test("an outcome is added to those that were found, after Apollo was asked about its id", async ({
  page,
  core,
}) => {
  const panel = await openDispositions(page);
  const found = await names(panel);
  await panel.getByRole("button", { name: "Add outcome…" }).click();
  const dialog = page.getByRole("dialog", { name: "Add an outcome" });
  const name = dialog.getByRole("textbox", { name: "Name" });
  const id = dialog.getByRole("textbox", { name: "Apollo id" });
  await expect(name).toBeFocused();
  await name.fill("Reached");
  await id.fill("not an id");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("This is not an id of Apollo’s");
  const before = (await core.apollo.requests("phone_calls#search")).length;
  await id.fill("63D0A6E156C4F6EEA1AE8103");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText(
    "Apollo knows no call with this outcome yet, which it also says of an id that does not exist. Keep it anyway?",
  );
  expect((await core.apollo.requests("phone_calls#search")).length).toBe(before + 1);
  expect(await names(panel)).toEqual(found);
  await dialog.getByRole("button", { name: "Keep it anyway" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(announced(page)).toHaveText("Added Reached.");
  await expect.poll(() => names(panel)).toEqual([...found, "Reached"]);

  await panel.getByRole("button", { name: "Rule of Reached" }).click();
  await expect(panel.getByRole("group", { name: "Rule of Reached" })).toContainText(
    /Written down by hand; Apollo (knew no call with it|could not be asked) on /,
  );
  await panel.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => names(panel)).toEqual(found);
});

test("an outcome is renamed, taken off the list and put back; a begun card keeps it", async ({
  page,
  core,
  desk,
  context,
}) => {
  await desk.openQueue();
  const radios = desk.outcomes.getByRole("radio");
  const chosen = (await radios.nth(1).getAttribute("aria-label")) ?? "";
  await desk.page.keyboard.press("2");
  await expect(radios.nth(1)).toBeChecked();
  await desk.note.fill("half a");
  await desk.note.blur();
  const total = await radios.count();

  const settings = await context.newPage();
  const panel = await openDispositions(settings);
  await panel.getByRole("button", { name: `Rule of ${chosen}`, exact: true }).click();
  const field = panel.getByRole("textbox", { name: "Name here" });
  await field.fill("Nobody home");
  await settings.keyboard.press("Enter");
  await expect(announced(settings)).toHaveText(`Renamed ${chosen}.`);
  await expect(list(panel).nth(1)).toContainText("Nobody home");
  await expect(field).toHaveAccessibleDescription(new RegExp(`Apollo calls it ${chosen}\\.`));
  await panel.getByRole("button", { name: "Take off the list" }).click();
  await expect(list(panel)).toHaveCount(total - 1);
  const removed = panel.getByRole("list", { name: "Taken off the list" });
  await expect(removed.getByRole("listitem")).toContainText("Nobody home");

  // The card that had the outcome still has it, without a digit.
  await expect(radios).toHaveCount(total);
  const begun = desk.outcomes.getByRole("radio", { name: "Nobody home" });
  await expect(begun).toBeChecked();
  await expect(begun).not.toHaveAttribute("aria-keyshortcuts");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  expect((await core.apollo.calls())[0]?.phone_call_outcome_id).toBeTruthy();

  await panel.getByRole("button", { name: "Put Nobody home back" }).click();
  await expect(list(panel)).toHaveCount(total);
  await expect(removed).toHaveCount(0);
  await expect(list(panel).last()).toContainText("Nobody home");
});

test.describe("where Apollo cannot be asked", () => {
  test.use({ beginning: "choose_rep" });

  test("plain outcomes stand in, are shown as such, and stay what they were", async ({
    page,
    desk,
    core,
  }) => {
    // A try that failed is not repeated within half a minute.
    test.setTimeout(180_000);
    await core.apollo.add({
      endpoint: "phone_calls#search",
      kind: { too_many_requests: { retry_after_s: 5 } },
    });
    await core.chooseRep("Sam Dialer");
    await core.callAtAnyHour();
    await core.changeSettings({ undo_s: 0 });
    await desk.openQueue();
    await expect(desk.wrapUp).toContainText("Apollo’s dispositions are not read yet.");
    await expect(desk.wrapUp).not.toContainText("Apollo named no dispositions");
    await page.keyboard.press("5");
    await expect(desk.outcomes.getByRole("radio", { name: "Connected, negative" })).toBeChecked();
    await desk.note.fill("no budget");
    await page.keyboard.press("Control+Enter");
    await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
    expect((await core.apollo.calls())[0]?.note).toBe("[Connected, negative] no budget");

    // Then Apollo answers, and the digits that mean something else now are announced.
    await page.keyboard.press("2");
    await expect(
      desk.outcomes.getByRole("radio", { name: "Left voicemail", exact: true }),
    ).toBeChecked();
    await core.apollo.repair();
    await expect(desk.wrapUp).toContainText("Handset has read Apollo’s outcomes.", {
      timeout: 90_000,
    });
    await expect(
      desk.outcomes.getByRole("radio", { name: "Left voicemail", exact: true }),
    ).toBeChecked();
    await expect(
      desk.outcomes.getByRole("radio", { name: "Left Voicemail", exact: true }),
    ).not.toBeChecked();
  });
});
