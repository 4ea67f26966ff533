import { readFile } from "node:fs/promises";
import { expect, test } from "../world/test.ts";

test("a sent call is corrected in Apollo: outcome and note", async ({ page, desk, core }) => {
  await desk.openQueue();
  await desk.workOne("Too hasty.", 1);
  await page.keyboard.press("r");
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Sent$/);
  const proof = desk.receipt.getByRole("list", { name: "Proof" });
  await expect(proof.getByRole("listitem")).toHaveText(["logged", "completed", "to verify"]);
  await desk.receipt.getByRole("button", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit call" });
  const note = dialog.getByRole("textbox", { name: "Note" });
  await expect(note).toHaveValue("Too hasty.");
  await expect(
    dialog.getByRole("radiogroup", { name: "Outcome" }).getByRole("radio").first(),
  ).toBeChecked();
  await expect(dialog.getByRole("button", { name: "Save changes" })).toBeDisabled();
  await note.fill("Thought about it.");
  await dialog.getByRole("radiogroup", { name: "Outcome" }).getByRole("radio").nth(1).click();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(desk.announcements).toHaveText("Saved the changes");
  await expect.poll(async () => (await core.apollo.correctedCalls()).length).toBe(1);
  const [corrected] = await core.apollo.correctedCalls();
  const { outcomes } = await core.command("dispositions_get", {});
  expect([corrected?.note, corrected?.phone_call_outcome_id]).toEqual([
    "Thought about it.",
    outcomes[1]?.key,
  ]);
  expect(await core.apollo.calls()).toHaveLength(1);
  await expect(desk.receipt).toContainText("Call corrected");
});

test("a call that Apollo refused is edited, and is sent as edited", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({
    endpoint: "phone_calls#create",
    when: { next: 1 },
    kind: "misconfigured",
  });
  await desk.workOne("Refused words.");
  await expect(desk.button("1 unsent call, 1 for you to decide")).toBeVisible();
  await page.keyboard.press("r");
  const proof = desk.receipt.getByRole("list", { name: "Proof" }).getByRole("listitem");
  await expect(proof).toHaveText(["not logged", "not completed"]);
  await desk.receipt.getByRole("button", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit call" });
  await dialog.getByRole("textbox", { name: "Note" }).fill("Better words.");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(desk.button("No unsent calls")).toBeVisible();
  expect((await core.apollo.calls()).map((call) => call.note)).toEqual(["Better words."]);
});

test("a blocked call is discarded with a reason, only after a question; its note can be copied before", async ({
  page,
  desk,
  core,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await desk.openQueue();
  await core.apollo.add({ endpoint: "phone_calls#create", kind: "misconfigured" });
  const name = await desk.workOne("Worth keeping.");
  await expect(desk.button("1 unsent call, 1 for you to decide")).toBeVisible();
  await page.keyboard.press("r");
  await desk.receipt.getByRole("button", { name: "Copy note" }).click();
  await expect(desk.announcements).toHaveText("Copied the note");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Worth keeping.");

  await desk.receipt.getByRole("button", { name: "Discard…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Discard this call?" });
  await expect(dialog).toContainText("Given up: Call logged, Task completed.");
  await expect(dialog).toContainText("The note is not kept: copy it first if you need it.");
  await expect(dialog).toContainText("The task is open again in the queue.");
  await expect(dialog.getByRole("button", { name: "Keep call" })).toBeFocused();
  const discard = dialog.getByRole("button", { name: "Discard call" });
  await expect(discard).toBeDisabled();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(desk.button("1 unsent call, 1 for you to decide")).toBeVisible();

  await desk.receipt.getByRole("button", { name: "Discard…" }).click();
  await dialog.getByRole("radio", { name: "I put it into Apollo by hand" }).click();
  await discard.click();
  await expect(dialog).toHaveCount(0);
  await expect(desk.announcements).toHaveText("Discarded the call");
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Discarded$/);
  await expect(desk.button("No unsent calls")).toBeVisible();
  await expect(desk.receipt.getByRole("button", { name: "Discard…" })).toHaveCount(0);
  expect(await core.apollo.calls()).toEqual([]);
  const { rows } = await core.queue();
  expect(rows.find((row) => row.name === name)?.state).toBe("open");
});

test("the day is written to a file, with notes only if they are asked for", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.workOne("A private word.");
  await page.keyboard.press("r");
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Sent$/);
  const dialog = page.getByRole("dialog", { name: "Export the day" });
  const writtenTo = async (withNotes: boolean): Promise<string> => {
    await desk.button("Export day…").click();
    const notes = dialog.getByRole("checkbox", { name: "With notes" });
    await expect(notes).not.toBeChecked();
    if (withNotes) await notes.click();
    await dialog.getByRole("button", { name: "Write file" }).click();
    await expect(dialog.getByRole("status")).toContainText("1 call is in this file:");
    const path = (await dialog.getByRole("code").textContent()) ?? "";
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(dialog).toHaveCount(0);
    return readFile(path, "utf8");
  };
  const plain = await writtenTo(false);
  const [call] = await core.apollo.calls();
  expect(plain).toContain(call?.id ?? "none");
  expect(plain).not.toContain("A private word.");
  expect(plain).not.toContain(name);
  expect(await writtenTo(true)).toContain("A private word.");
  expect(await core.askedOfHost("open_folder")).toHaveLength(2);
});
