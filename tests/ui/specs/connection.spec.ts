import { expect, MOMENT, test } from "../world/test.ts";

test("offline, the banner shows a time and the saved calls, calls go on, and it goes when Apollo is back", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  await core.apollo.add({ kind: "reset_before" });
  await desk.workOne("While offline.");
  await expect(desk.connection).toContainText(
    new RegExp(
      String.raw`Apollo cannot be reached since ${MOMENT}\. You can go on calling\. 1 call is kept here and goes by itself\.`,
    ),
  );
  await desk.workOne("Still offline.");
  await expect(desk.connection).toContainText("2 calls are kept here and go by themselves.");
  await expect(desk.button("2 unsent calls")).toBeVisible();

  await core.apollo.repair();
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("button", { name: "Today" })
    .click();
  await desk.button("Refresh").click();
  await expect(desk.connection).toHaveText("");
});

test("a key that Apollo no longer accepts is reported, and leads to Connect", async ({
  page,
  desk,
  core,
}) => {
  await desk.openToday();
  await core.tasksAreRead();
  await core.apollo.add({ kind: "key_refused" });
  await desk.button("Refresh").click();
  await expect(desk.connection).toContainText("Apollo no longer accepts the key");
  await core.apollo.repair();
  await desk.connection.getByRole("button", { name: "Connect again" }).click();
  await page
    .getByRole("textbox", { name: "Master key", exact: true })
    .fill(core.apollo.keys.master);
  await page.keyboard.press("Enter");
  await expect(desk.heading("Today", 1)).toBeVisible();
  await expect(desk.connection).toHaveText("");
});

test("a limit is shown with the time at which it ends", async ({ desk, core }) => {
  await desk.openToday();
  await core.tasksAreRead();
  await core.apollo.add({
    endpoint: "tasks#search",
    kind: { too_many_requests: { retry_after_s: 120 } },
  });
  await desk.button("Refresh").click();
  await expect(desk.connection).toContainText(
    new RegExp(String.raw`Apollo's limit is reached\. It allows the next request from ${MOMENT}\.`),
  );
});

test("the stream of changes brings what happens in another window", async ({ desk, core }) => {
  await desk.openQueue();
  const { rows } = await core.queue();
  const [first] = rows;
  if (!first) throw new Error("an empty queue");
  await core.command("task_skip", { task_id: first.task_id, reason: "not_relevant", note: "" });
  await expect(desk.page.getByRole("region", { name: "Queue list" })).toContainText("1 of ");
});
