import type { QueueRow } from "../../../ui/src/generated/QueueRow.ts";
import { expect, REP, test } from "../world/test.ts";

test("a whole call is worked with the keyboard alone and reaches Apollo once", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const { rows, selected } = await core.queue();
  const row = rows.find((one) => one.task_id === selected);
  const name = await desk.name();
  expect(name).toBe(row?.name);
  const shown = await desk.firstCall.getAttribute("aria-label");

  await page.keyboard.press("Enter");
  await expect(desk.announcements).toHaveText(`Call started: ${name}`);
  await expect(desk.timer).toHaveText("00:02");
  const [uri, ...others] = await core.dialed();
  expect(others).toEqual([]);
  expect(uri).toMatch(/^tel:\+\d{7,15}$/);
  const number = uri?.slice("tel:".length);
  expect(await core.askedOfHost("copy")).toEqual([{ what: "copy", with: number }]);
  expect(shown?.replace(/[^\d+]/g, "")).toContain(number);
  await expect(desk.firstCall).toHaveCount(0);

  await page.keyboard.press("e");
  await expect(desk.announcements).toHaveText(/^Call ended after \d+ seconds?$/);
  await expect(desk.outcomes.getByRole("radio").first()).toBeFocused();

  await page.keyboard.press("2");
  const outcome = desk.outcomes.getByRole("radio").nth(1);
  await expect(outcome).toBeChecked();
  await expect(desk.note).toBeFocused();
  await page.keyboard.type("Left word with the desk.\nBack on Monday.");
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  expect(await desk.name()).not.toBe(name);
  await expect(desk.list).toBeFocused();
  await expect(desk.note).toHaveValue("");

  await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
  const calls = await core.apollo.calls();
  expect(calls).toHaveLength(1);
  const { outcomes } = await core.command("dispositions_get", {});
  expect(calls[0]).toMatchObject({
    user_id: core.apollo.userId(REP),
    to_number: number,
    note: "Left word with the desk.\nBack on Monday.",
    phone_call_outcome_id: outcomes[1]?.key,
  });
  const [task] = await core.apollo.finished("task_completed");
  expect(task?.id).toBe(row?.task_id);
  expect(calls[0]?.contact_id).toBe(task?.contact_id);
  expect(calls[0]?.duration).toBeGreaterThanOrEqual(2);
  const [receipt] = (await core.command("receipts_get", {})).rows;
  expect(calls[0]?.call_identifier).toBe(receipt?.wrap_up_id);
});

test("the next card is here before the core has answered", async ({ page, desk, core }) => {
  await desk.openQueue();
  const first = await desk.name();
  await desk.dial();
  await desk.endCall();
  await page.keyboard.press("1");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/command/wrap_up_save", async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press("Control+Enter");
  await expect(desk.person).not.toHaveText(first);
  await expect(desk.saving).toHaveText("Saving the last call…");
  expect(await core.apollo.calls()).toEqual([]);

  // Nobody can be dialed before the wrap-up is on disk.
  await expect(desk.callButtons.first()).toBeVisible();
  await expect(desk.firstCall).toHaveCount(0);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  expect(await core.dialed()).toHaveLength(1);

  release();
  await expect(desk.saving).toHaveText("");
  await expect(desk.firstCall).toBeEnabled();
  expect(await core.dialed()).toHaveLength(1);
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
});

test("j and k and the arrows move, Home and End jump, and the card follows", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const { rows } = await core.queue();
  const names = rows.map((row) => row.name);
  const first = names[0] ?? "";
  await page.keyboard.press("Home");
  await expect(desk.person).toHaveText(first);
  await page.keyboard.press("j");
  await expect(desk.person).toHaveText(names[1] ?? "");
  await page.keyboard.press("ArrowDown");
  await expect(desk.person).toHaveText(names[2] ?? "");
  await page.keyboard.press("k");
  await page.keyboard.press("ArrowUp");
  await expect(desk.person).toHaveText(first);
  await page.keyboard.press("ArrowUp");
  await expect(desk.person).toHaveText(first);
  await page.keyboard.press("End");
  await expect(desk.person).toHaveText(names.at(-1) ?? "");

  // The active descendant is really there, although the list draws only what is in sight.
  const active = await desk.list.getAttribute("aria-activedescendant");
  const selected = desk.list.getByRole("option", { selected: true });
  await expect(selected).toHaveAttribute("id", active ?? "none");
  await expect(selected).toBeInViewport();
  await expect(selected).toHaveAttribute("aria-setsize", String(rows.length));
  await expect(selected).toHaveAttribute("aria-posinset", String(rows.length));
});

test("the core remembers who is selected, also after keys in a hurry", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await page.keyboard.press("Home");
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("j");
  const { rows } = await core.queue();
  const wanted = rows[12];
  await expect(desk.person).toHaveText(wanted?.name ?? "");
  await expect.poll(async () => (await core.queue()).selected).toBe(wanted?.task_id);
});

test("p leads back to the person before, whose card says what became of it", async ({
  page,
  desk,
}) => {
  await desk.openQueue();
  const name = await desk.workOne("Called.");
  await page.keyboard.press("p");
  await expect(desk.person).toHaveText(name);
  await expect(desk.wrapUp).toContainText("Wrapped up");
  await expect(desk.firstCall).toHaveCount(0);
  await expect(desk.outcomes).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(desk.button("Go to next")).toBeVisible();
  await expect(desk.list.getByRole("option", { selected: true })).toHaveAccessibleName(
    /finished: /,
  );
});

test("a task is skipped with a reason, and no call is logged", async ({ page, desk, core }) => {
  await desk.openQueue();
  const name = await desk.name();
  const { selected } = await core.queue();
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Skip this task" });
  await expect(dialog).toContainText(name);
  await expect(dialog.getByRole("button", { name: "Skip task" })).toBeDisabled();
  await expect(dialog.getByRole("radio", { name: "Wrong number" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: "Not relevant" })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("textbox", { name: "Reason in words" })).toBeFocused();
  await page.keyboard.type("left the company");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(desk.announcements).toHaveText(`Skipped ${name}`);
  expect(await desk.name()).not.toBe(name);
  await expect(desk.list).toBeFocused();

  await expect.poll(async () => (await core.apollo.finished("task_skipped")).length).toBe(1);
  const [task] = await core.apollo.finished("task_skipped");
  expect(task).toMatchObject({ id: selected, note: "Not relevant: left the company" });
  expect(await core.apollo.calls()).toEqual([]);
  expect(await core.apollo.finished("task_completed")).toEqual([]);
});

test("a skip that was begun can be left without a change", async ({ page, desk, core }) => {
  await desk.openQueue();
  const name = await desk.name();
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog", { name: "Skip this task" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.person).toHaveText(name);
  expect((await core.queue()).finished).toBe(0);
});

test("letters in the note are text, and with Ctrl they are keys", async ({ page, desk, core }) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await page.keyboard.press("n");
  await expect(desk.note).toBeFocused();
  await page.keyboard.type("skip j k p e 1?");
  await expect(desk.note).toHaveValue("skip j k p e 1?");
  await expect(desk.person).toHaveText(name);
  await page.keyboard.press("Control+e");
  await expect(desk.announcements).toHaveText(/^Call ended/);
  await page.keyboard.press("Control+3");
  await expect(desk.outcomes.getByRole("radio").nth(2)).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  expect((await core.apollo.calls())[0]?.note).toBe("skip j k p e 1?");
});

test("the times of an ended call can be corrected, and Apollo gets the corrected ones", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const name = await desk.name();
  await desk.dial();
  await desk.endCall();
  await desk.button("Correct times").click();
  const dialog = page.getByRole("dialog", { name: "Correct call times" });
  const ended = await dialog.getByRole("textbox", { name: "Call ended" }).inputValue();
  const started = dialog.getByRole("textbox", { name: "Call started" });
  const [hours = 0, minutes = 0, seconds = 0] = ended.split(":").map(Number);
  const earlier = (hours * 3600 + minutes * 60 + seconds - 134 + 86_400) % 86_400;
  const two = (value: number) => String(value).padStart(2, "0");
  await started.fill("half past");
  await expect(dialog.getByText("such as 14:05:30").first()).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Save times" })).toBeDisabled();
  await started.fill(
    `${two(Math.floor(earlier / 3600))}:${two(Math.floor(earlier / 60) % 60)}:${two(earlier % 60)}`,
  );
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(desk.timer).toHaveText("02:14");
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toHaveText(`Saved the call with ${name}`);
  await expect.poll(async () => (await core.apollo.calls())[0]?.duration).toBe(134);
});

test("save and next during a call ends the call first", async ({ page, desk, core }) => {
  await desk.openQueue();
  await desk.dial();
  await expect(desk.timer).toHaveText("00:01");
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  expect((await core.apollo.calls())[0]?.duration).toBeGreaterThanOrEqual(1);
});

test("ten calls in a row leave ten records, ten completed tasks, and no more requests than that", async ({
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.tasksAreRead();
  const before = (await core.apollo.requests()).length;
  const names: string[] = [];
  for (let turn = 1; turn <= 10; turn += 1) {
    names.push(await desk.workOne(`Call number ${turn}`, (turn % 3) + 1));
  }
  expect(new Set(names).size).toBe(10);
  await expect.poll(async () => (await core.command("status_get", {})).unsent).toBe(0);
  const calls = await core.apollo.calls();
  expect(calls.map((call) => call.note).sort()).toEqual(
    Array.from({ length: 10 }, (_, index) => `Call number ${index + 1}`).sort(),
  );
  expect(new Set(calls.map((call) => call.call_identifier)).size).toBe(10);
  expect(await core.apollo.finished("task_completed")).toHaveLength(10);
  expect((await core.apollo.requests()).length - before).toBe(20);
  await expect(desk.page.getByRole("region", { name: "Queue list" })).toContainText(/^.*10 of /s);
});

test("links of a card are opened by the computer, not by the window", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const { rows } = await core.queue();
  let found: string | null = null;
  for (const row of rows) {
    const card = await core.command("card_get", { task_id: row.task_id });
    const isAlone = rows.every((other) => other === row || !other.name.includes(row.name));
    if (isAlone && card.contact.has_linkedin && card.account?.website) {
      found = row.name;
      break;
    }
  }
  if (!found) throw new Error("no card has both links");
  await desk.find({ name: found });
  await desk.card.getByRole("button", { name: "Open LinkedIn profile" }).click();
  await desk.card.getByRole("button", { name: "Open company website" }).click();
  await expect.poll(async () => (await core.askedOfHost("open_link")).length).toBe(2);
  const opened = (await core.askedOfHost("open_link")).map((one) => new URL(one.with));
  for (const address of opened) expect(address.protocol).toBe("https:");
  // The host that is shown is the host that is opened.
  const hosts = opened.map((address) => address.hostname);
  const website = hosts.filter((host) => !/(^|\.)linkedin\.com$/.test(host));
  expect(website).toHaveLength(1);
  await expect(desk.card).toContainText(website[0] ?? "no host");
  expect(new URL(page.url()).origin).toBe(core.url);
});

test("the search field goes to the first match and gives the list back", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const row = await core.row("somebody with a company", (one) => one.company !== null);
  await desk.find(row);
  await expect(desk.list.getByRole("option").first()).toHaveAccessibleName(
    new RegExp(`^${row.name}`),
  );
  const search = page.getByRole("searchbox", { name: "Search queue" });
  await search.fill("nobody like this");
  await expect(desk.list).toContainText("Nobody in this queue matches.");
});

test("a long queue is read as far as it is in sight, and every row of it can be reached", async ({
  page,
  desk,
  core,
}) => {
  const read: { rows: number; bytes: number }[] = [];
  page.on("response", async (response) => {
    if (!/\/command\/queue_(get|rows_get)$/.test(response.url())) return;
    const text = await response.text().catch(() => "");
    const { rows = [] } = JSON.parse(text || "{}") as { rows?: unknown[] };
    read.push({ rows: rows.length, bytes: text.length });
  });
  await desk.openQueue();
  const { rows } = await core.queue();
  // Fewer are due while it is still yesterday where the rep is.
  expect(rows.length).toBeGreaterThan(250);
  const name = (at: number) => rows.at(at)?.name ?? "";

  await page.keyboard.press("End");
  await expect(desk.person).toHaveText(name(-1));
  const selected = desk.list.getByRole("option", { selected: true });
  await expect(selected).toBeInViewport();
  await expect(selected).toHaveAttribute("aria-posinset", String(rows.length));
  await expect(selected).toHaveAttribute("aria-setsize", String(rows.length));
  await page.keyboard.press("k");
  await expect(desk.person).toHaveText(name(-2));
  await page.keyboard.press("Home");
  await expect(desk.person).toHaveText(name(0));
  for (let step = 0; step < 60; step += 1) await page.keyboard.press("ArrowDown");
  await expect(desk.person).toHaveText(name(60));
  await expect(selected).toBeInViewport();

  // A person far down is found by name, and the search uses the whole text.
  const alike = (row: QueueRow) => rows.filter((other) => other.name.includes(row.name)).length;
  const place = rows.findLastIndex(
    (row) => row.reach.state === "callable" && row.state === "open" && alike(row) === 1,
  );
  expect(place).toBeGreaterThan(100);
  const far = rows.at(place);
  const search = page.getByRole("searchbox", { name: "Search queue" });
  await search.fill(far?.name ?? "");
  await expect(desk.list.getByRole("option")).toHaveCount(1);
  await search.press("Enter");
  await expect(desk.person).toHaveText(far?.name ?? "");
  await search.fill("");
  await expect(selected).toBeInViewport();
  await expect(selected).toHaveAttribute("aria-posinset", String(place + 1));

  // After a call only the rows in sight are read again.
  const before = read.length;
  await desk.workOne("Reached far down.");
  await expect(selected).toBeInViewport();
  const again = read.slice(before);
  expect(again.length).toBeGreaterThan(0);
  expect(Math.max(...again.map((answer) => answer.rows))).toBeLessThanOrEqual(50);
  expect(Math.max(...again.map((answer) => answer.bytes))).toBeLessThan(40_000);
});

test("the widths of the panes are moved by keyboard and remembered", async ({ page, desk }) => {
  await desk.openQueue();
  const splitter = page.getByRole("separator", { name: "Resize queue list" });
  const before = Number(await splitter.getAttribute("aria-valuenow"));
  await splitter.focus();
  const saved = page.waitForResponse("**/command/panes_put");
  await page.keyboard.press("ArrowRight");
  await saved;
  await expect(splitter).toHaveAttribute("aria-valuenow", String(before + 16));
  await page.reload();
  await expect(splitter).toHaveAttribute("aria-valuenow", String(before + 16));
});
