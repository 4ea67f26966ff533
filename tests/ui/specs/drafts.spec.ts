import { expect, test } from "../world/test.ts";

test("a draft survives a reload, outcome and call included", async ({ page, desk }) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await desk.endCall();
  await page.keyboard.press("2");
  const saved = page.waitForResponse(
    (response) =>
      response.url().endsWith("/command/draft_save") &&
      (response.request().postData() ?? "").includes("twice"),
  );
  await page.keyboard.type("Rang twice");
  await saved;

  await page.reload();
  await expect(desk.person).toHaveText(name);
  await expect(desk.note).toHaveValue("Rang twice");
  await expect(desk.outcomes.getByRole("radio").nth(1)).toBeChecked();
  await expect(desk.wrapUp).toContainText("Call ended");
  await expect(desk.firstCall).toHaveCount(0);
});

test("a note typed right before the window closes is there when it opens again", async ({
  page,
  desk,
  context,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  const { selected } = await core.queue();
  if (!selected) throw new Error("nobody is selected");
  await page.keyboard.press("n");
  await page.keyboard.type("Half a thought");
  // No wait: the delay after which a draft is saved has not passed.
  await page.close({ runBeforeUnload: true });
  await expect
    .poll(async () => (await core.command("card_get", { task_id: selected })).draft.form.note)
    .toBe("Half a thought");

  const next = await context.newPage();
  await next.goto("/");
  const card = next.getByRole("region", { name: "Contact card" });
  await expect(card.getByRole("heading", { level: 2 })).toHaveText(name);
  await expect(next.getByRole("textbox", { name: "Note", exact: true })).toHaveValue(
    "Half a thought",
  );
});

test("a draft stays with its person while the rep looks at others and at other screens", async ({
  page,
  desk,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await page.keyboard.press("n");
  await page.keyboard.type("Mine alone");
  await page.keyboard.press("Escape");
  await expect(desk.list).toBeFocused();
  await page.keyboard.press("j");
  await expect(desk.person).not.toHaveText(name);
  await expect(desk.note).toHaveValue("");
  await page.keyboard.press("r");
  await expect(desk.heading("Calls", 1)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  await expect(desk.person).toHaveText(name);
  await expect(desk.note).toHaveValue("Mine alone");
});

test("a call that goes on is still going on after a reload", async ({ page, desk, core }) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await page.reload();
  await expect(desk.person).toHaveText(name);
  await expect(desk.wrapUp).toContainText("On the call");
  await expect(desk.button("End call")).toBeEnabled();
  await expect(desk.timer).not.toHaveText("00:00");
  expect(await core.dialed()).toHaveLength(1);
});

test("the text of a quick rep goes into the note, however slowly the call is ended", async ({
  page,
  desk,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  let release: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/command/call_end", async (route) => {
    await slow;
    await route.continue();
  });
  await page.keyboard.press("e");
  await page.keyboard.press("2");
  // Letters that are keys outside of a field: skip, note, back, receipts.
  await page.keyboard.type("snp");
  release();
  await expect(desk.announcements).toHaveText(/^Call ended/);
  await page.keyboard.type("res");
  await expect(desk.note).toHaveValue("snpres");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.outcomes.getByRole("radio").nth(1)).toBeChecked();
  await expect(desk.person).toHaveText(name);
});
