import type { ReportRow } from "../../../ui/src/generated/ReportRow.ts";
import { ALL_TASKS } from "../world/desk.ts";
import { expect, MOMENT, REP, test } from "../world/test.ts";

/** The sandbox has more call tasks for Sam than fit on one page of a hundred. */
const PAGE_SLOW_MS = 1_500;

const count = (value: number) => value.toLocaleString("en-GB");

function cells(row: ReportRow): string[] {
  return [
    count(row.open),
    count(row.due_today),
    count(row.overdue),
    count(row.callable_now),
    count(row.closing_soon),
    row.step_count === null ? "–" : count(row.step_count),
  ];
}

test("every sequence has a row with its numbers, and the sums are true", async ({
  page,
  desk,
  core,
}) => {
  await desk.openToday();
  // Read whole before it is compared: a sweep that goes on changes both sides.
  await expect
    .poll(async () => (await core.command("report_get", {})).loading.state)
    .toBe("complete");
  const report = await core.command("report_get", {});
  const { all, without_sequence, sequences } = report;
  expect(sequences.length).toBeGreaterThanOrEqual(12);
  expect(all.open).toBeGreaterThan(200);
  for (const number of ["open", "due_today", "overdue", "callable_now"] as const) {
    const sum = sequences.reduce((total, row) => total + row[number], without_sequence[number]);
    expect(all[number], number).toBe(sum);
  }
  expect(all.open).toBe(all.due_today + all.overdue);

  const rows = desk.sequences.getByRole("row");
  await expect(rows).toHaveCount(sequences.length + 3);
  for (const [index, row] of [all, without_sequence, ...sequences].entries()) {
    const shown = rows.nth(index + 1);
    await expect(shown.getByRole("rowheader")).toContainText(row.name);
    const wanted = [...cells(row), row.owner ?? "–"];
    await expect
      .poll(async () => {
        const texts = await shown.getByRole("gridcell").allInnerTexts();
        return texts.slice(0, 7).map((text) => text.trim());
      }, row.name)
      .toEqual(wanted);
  }
  await expect(page.getByRole("main")).toContainText(`${count(sequences.length)} sequences`);
  await expect(page.getByRole("main")).toContainText(`${count(all.open)} open`);
  for (const word of ["Active", "Paused", "Archived"]) {
    await expect(desk.sequences.getByRole("gridcell", { name: word }).first()).toBeVisible();
  }
});

test("Enter starts with all tasks, without a further request", async ({ desk, core }) => {
  await desk.openToday();
  await core.tasksAreRead();
  const before = (await core.apollo.requests()).length;
  await desk.openQueue();
  expect((await core.apollo.requests()).length).toBe(before);
});

test("a click on a sequence opens its queue and no other's", async ({ desk, core }) => {
  await desk.openToday();
  await core.tasksAreRead();
  const { sequences } = await core.command("report_get", {});
  const wanted = sequences.find((row) => row.open > 0);
  if (!wanted) throw new Error("no sequence has an open task");
  await desk.sequences
    .getByRole("row")
    .filter({ has: desk.page.getByRole("rowheader", { name: wanted.name }) })
    .first()
    .click();
  await expect(desk.heading(wanted.name, 1)).toBeVisible();
  const { rows } = await core.queue();
  expect(rows).toHaveLength(wanted.open);
  expect(new Set(rows.map((row) => row.sequence))).toEqual(new Set([wanted.name]));
});

test("the slash key leads to the filter, which keeps the two rows of all tasks", async ({
  page,
  desk,
  core,
}) => {
  await desk.openToday();
  await core.tasksAreRead();
  const { sequences } = await core.command("report_get", {});
  const wanted = sequences[1];
  if (!wanted) throw new Error("no sequences");
  await page.keyboard.press("/");
  const filter = page.getByRole("searchbox", { name: "Filter sequences" });
  await expect(filter).toBeFocused();
  await expect(filter).toHaveValue("");
  await page.keyboard.type(wanted.name);
  await expect(desk.sequences.getByRole("rowheader")).toHaveCount(3);
  await expect(desk.sequences.getByRole("rowheader").nth(2)).toContainText(wanted.name);

  await filter.fill("no such sequence");
  await expect(desk.sequences.getByRole("rowheader")).toHaveCount(2);
  await expect(page.getByText("No sequence has this name or owner.")).toBeVisible();
});

test("Refresh reads the tasks again, a hundred to a request", async ({ page, desk, core }) => {
  await desk.openToday();
  await core.tasksAreRead();
  const { all } = await core.command("report_get", {});
  const before = (await core.apollo.requests("tasks#search")).length;
  expect(before).toBeLessThanOrEqual(Math.ceil(all.open / 100) + 1);
  await desk.button("Refresh").click();
  await expect
    .poll(async () => (await core.apollo.requests("tasks#search")).length)
    .toBe(before * 2);
  await expect(
    page.getByRole("status").filter({ hasText: new RegExp(String.raw`As of ${MOMENT}\.`) }),
  ).toBeVisible();
  await expect(desk.sequences.getByRole("row", { name: ALL_TASKS })).toContainText(count(all.open));
});

test("a failed refresh keeps what was read", async ({ page, desk, core }) => {
  await desk.openToday();
  await core.tasksAreRead();
  const { all } = await core.command("report_get", {});
  await core.apollo.add({ endpoint: "tasks#search", kind: { status: 500 } });
  await desk.button("Refresh").click();
  await expect(page.getByRole("alert").getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(desk.sequences.getByRole("row", { name: ALL_TASKS })).toContainText(count(all.open));
});

test.describe("the first read", () => {
  // Reading begins as soon as the rep is chosen, so its faults are set before.
  test.use({ beginning: "choose_rep" });

  test("reading can be canceled: what is here stays, and Refresh reads the rest", async ({
    page,
    desk,
    core,
  }) => {
    await core.apollo.add({
      endpoint: "tasks#search",
      kind: { delay: { delay_ms: PAGE_SLOW_MS } },
    });
    await core.chooseRep(REP);
    await page.goto("/");
    await expect(page.getByRole("progressbar", { name: "Loading call tasks" })).toBeVisible();
    // The first page can be worked on while more arrives.
    await expect(desk.sequences.getByRole("row", { name: ALL_TASKS })).toBeVisible();
    await desk.button("Cancel loading").click();
    await expect(
      page.getByRole("status").filter({ hasText: /^Stopped after \d+ of \d+\./ }),
    ).toBeVisible();
    await expect(desk.button("Refresh")).toBeVisible();
    const { all } = await core.command("report_get", {});
    expect(all.open).toBeGreaterThan(0);
    await expect(desk.sequences.getByRole("row", { name: ALL_TASKS })).toContainText(
      count(all.open),
    );

    await core.apollo.repair();
    await desk.button("Refresh").click();
    await expect(
      page.getByRole("status").filter({ hasText: new RegExp(String.raw`As of ${MOMENT}\.`) }),
    ).toBeVisible();
    const whole = await core.command("report_get", {});
    expect(whole.loading.state).toBe("complete");
    expect(whole.all.open).toBeGreaterThan(all.open);
  });

  test("a failed first read says what happened and what is safe, and can be tried again", async ({
    page,
    desk,
    core,
  }) => {
    await core.apollo.add({ endpoint: "tasks#search", kind: { status: 500 } });
    await core.chooseRep(REP);
    await page.goto("/");
    await expect(desk.heading("Your call tasks could not be read")).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Calls you saved are safe");
    await expect(desk.button("Try again")).toBeFocused();
    await core.apollo.repair();
    await page.keyboard.press("Enter");
    await expect(desk.sequences.getByRole("row", { name: ALL_TASKS })).toBeVisible();
  });

  test("with nothing due, the table is replaced by the reason", async ({ page, desk, core }) => {
    await core.chooseRep("contractor7@northwind.example");
    await page.goto("/");
    await expect(desk.heading("No call tasks are due")).toBeVisible();
  });
});
