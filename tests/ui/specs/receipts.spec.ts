import type { Locator } from "@playwright/test";
import type { Desk } from "../world/desk.ts";
import { expect, MOMENT, REP, test } from "../world/test.ts";

/** Longer than Handset waits before Apollo's silence counts as proof (45 s), and the rest of the test. */
const SETTLED_MS = 75_000;

function steps(desk: Desk): Locator {
  return desk.receipt.getByRole("list", { name: "Steps" }).getByRole("listitem");
}

test("before the first call the screen says what will be there", async ({ page, desk }) => {
  await desk.openToday();
  await page.keyboard.press("r");
  await expect(desk.heading("Calls", 1)).toBeVisible();
  await expect(desk.heading("No calls yet today")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(desk.heading("Today", 1)).toBeVisible();
});

test("r shows the receipt: each step, its Apollo id, as whom", async ({ page, desk, core }) => {
  await desk.openQueue();
  const name = await desk.workOne("For the receipt.");
  await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);
  await page.keyboard.press("r");
  await expect(desk.heading("Calls", 1)).toBeVisible();
  const option = desk.receiptList.getByRole("option");
  await expect(option).toHaveAccessibleName(new RegExp(`^\\d\\d:\\d\\d ${name}, No Answer, Sent$`));
  await expect(option).toBeFocused();
  await expect(desk.receipt).toContainText("Logged and completed in Apollo.");
  await expect(desk.receipt).toContainText(REP);
  const [call] = await core.apollo.calls();
  const [task] = await core.apollo.finished("task_completed");
  await expect(steps(desk).nth(0)).toContainText(call?.id ?? "none");
  await expect(steps(desk).nth(0)).toContainText(/Done at \d\d:\d\d\./);
  await expect(steps(desk).nth(1)).toContainText(task?.id ?? "none");
  await expect(desk.receipt).toContainText(call?.call_identifier ?? "none");
  await expect(desk.receipt.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(desk.list).toBeVisible();
});

test("a call that Apollo's limit holds up says until when, and goes by itself", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({
    endpoint: "phone_calls#create",
    when: { next: 1 },
    kind: { too_many_requests: { retry_after_s: 8 } },
  });
  await desk.workOne("Has to wait.");
  await expect(desk.button("1 unsent call")).toBeVisible();
  await page.keyboard.press("r");
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Waiting$/);
  await expect(desk.receipt).toContainText(
    new RegExp(
      String.raw`Apollo's limit is reached; it allows the next one from ${MOMENT}\. It is saved here and goes by itself\.`,
    ),
  );
  expect(await core.apollo.calls()).toEqual([]);

  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Sent$/, {
    timeout: SETTLED_MS,
  });
  await expect(desk.button("No unsent calls")).toBeVisible();
  expect(await core.apollo.calls()).toHaveLength(1);
});

test("while Apollo is down a completed call waits with a time, and is sent when Apollo is back", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({ endpoint: "tasks#complete", kind: { status: 503 } });
  await desk.workOne("Half way.");
  await page.keyboard.press("r");
  await expect(desk.receipt).toContainText(
    new RegExp(
      String.raw`The call is logged\. Task completed: Apollo is not answering properly\. It is saved here and goes by itself; next try: ${MOMENT}\.`,
    ),
  );
  await expect(steps(desk).nth(0)).toContainText("Sent");
  await expect(steps(desk).nth(1)).toContainText("Waiting");
  await core.apollo.repair();
  // The rep need not wait for the next try.
  await desk.receipt.getByRole("button", { name: "Try again" }).click();
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Sent$/);
  expect(await core.apollo.calls()).toHaveLength(1);
  expect(await core.apollo.finished("task_completed")).toHaveLength(1);
});

test("a log whose fate is unknown is looked up before it is sent again", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({ endpoint: "phone_calls#create", kind: { status: 503 } });
  await desk.workOne("Was it logged?");
  await page.keyboard.press("r");
  await expect(desk.receipt).toContainText(
    new RegExp(
      String.raw`Apollo's reply was lost\. Handset looks in Apollo before it sends anything again; next look: ${MOMENT}\.`,
    ),
  );
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Checking$/);
  await core.apollo.repair();
  // The call counts as absent only minutes later; until then it is looked up, and not sent again.
  const endpoints = async () => (await core.apollo.requests()).map((request) => request.endpoint);
  await expect
    .poll(async () => {
      const all = await endpoints();
      return all.slice(all.indexOf("phone_calls#create")).includes("phone_calls#search");
    })
    .toBe(true);
  const logs = (await endpoints()).filter((endpoint) => endpoint === "phone_calls#create");
  expect(logs).toHaveLength(1);
});

test("a call that Apollo refuses for good waits for a person, comes first, and can be tried again", async ({
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({
    endpoint: "phone_calls#create",
    when: { next: 1 },
    kind: "misconfigured",
  });
  const refused = await desk.workOne("Refused at first.");
  await expect(desk.button("1 unsent call, 1 for you to decide")).toBeVisible();
  // A blocked wrap-up does not hold up other wrap-ups.
  const other = await desk.workOne("Goes through.");
  await expect.poll(async () => (await core.apollo.finished("task_completed")).length).toBe(1);

  await desk.button("1 unsent call, 1 for you to decide").click();
  const options = desk.receiptList.getByRole("option");
  await expect(options).toHaveCount(2);
  await expect(options.nth(0)).toHaveAccessibleName(new RegExp(`${refused}, .*, Needs you$`));
  await expect(options.nth(1)).toHaveAccessibleName(new RegExp(`${other}, .*, Sent$`));
  await expect(desk.receipt).toContainText("Apollo does not accept what the call says");
  await expect(desk.receipt).toContainText("The call is saved here.");
  await desk.receipt.getByRole("button", { name: "Try again" }).click();
  await expect(desk.button("No unsent calls")).toBeVisible();
  expect((await core.apollo.calls()).map((call) => call.note).sort()).toEqual([
    "Goes through.",
    "Refused at first.",
  ]);
});

test("a skip has a receipt too", async ({ page, desk, core }) => {
  await desk.openQueue();
  const { selected } = await core.queue();
  if (!selected) throw new Error("nobody is selected");
  await core.command("task_skip", { task_id: selected, reason: "no_number", note: "" });
  await page.keyboard.press("r");
  await expect(desk.receipt).toContainText("Skipped in Apollo.");
  await expect(steps(desk)).toHaveCount(1);
  await expect(steps(desk)).toContainText(selected);
});

test("an Apollo id is copied with its button", async ({ page, desk, core, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await desk.openQueue();
  await desk.workOne("Copy me.");
  await page.keyboard.press("r");
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(/, Sent$/);
  await desk.receipt.getByRole("button", { name: "Copy id of Call logged" }).click();
  await expect(desk.announcements).toHaveText("Copied the id of Call logged");
  const [call] = await core.apollo.calls();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(call?.id);
});

test("the slash key leads to the search among the day's calls", async ({ page, desk }) => {
  await desk.openQueue();
  const first = await desk.workOne("One.", 1);
  const second = await desk.workOne("Two.", 2);
  await page.keyboard.press("r");
  await expect(desk.receiptList.getByRole("option")).toHaveCount(2);
  await expect(desk.receiptList.getByRole("option").first()).toBeFocused();
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search calls" });
  await expect(search).toBeFocused();
  await page.keyboard.type(first);
  await expect(desk.receiptList.getByRole("option")).toHaveCount(1);
  await expect(desk.receipt.getByRole("heading", { name: first })).toBeVisible();
  await search.fill("left voicemail");
  await expect(desk.receiptList.getByRole("option")).toHaveAccessibleName(new RegExp(second));
  await search.fill("nobody at all");
  await expect(page.getByText("No call has this name, outcome or id.")).toBeVisible();
  await search.press("Escape");
  await expect(search).toHaveValue("");
  await expect(desk.receiptList.getByRole("option")).toHaveCount(2);
  await expect(desk.heading("Calls", 1)).toBeVisible();
  await expect(search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(desk.list).toBeVisible();
});
