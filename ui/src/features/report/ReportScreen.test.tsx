import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { SequenceReport } from "../../generated/SequenceReport";
import type { Status } from "../../generated/Status";
import { type Answers, refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { button } from "../../testing/met";
import { aLoading, aQueue, aReport, aReportRow, aStatus } from "../../testing/snapshots";
import { useViews } from "../main-window/views";
import { ReportScreen } from "./ReportScreen";

const FRAMES_MS = 50;

const Q4 = aReportRow({
  scope: { kind: "sequence", id: "s1" },
  name: "Q4 outbound calls",
  state: "active",
  open: 1200,
  due_today: 7,
  overdue: 3,
  callable_now: 5,
  closing_soon: 2,
  step_count: 6,
  owner: "Ada Admin",
});
const TRIALS = aReportRow({
  scope: { kind: "sequence", id: "s2" },
  name: "Trials",
  state: "paused",
});
const OLD = aReportRow({
  scope: { kind: "sequence", id: "s3" },
  name: "Old ones",
  state: "archived",
});
const NONE = { open: 0, due_today: 0, overdue: 0, callable_now: 0, closing_soon: 0 };

const nothing = (part: Partial<SequenceReport> = {}) =>
  aReport({ all: aReportRow(NONE), sequences: [], ...part });

function Behind() {
  return <p>Shown: {useViews().view}</p>;
}

async function today(report: SequenceReport, status: Partial<Status> = {}, answers: Answers = {}) {
  const drawn = await draw(
    <AtWork view="today">
      <Behind />
      <ReportScreen status={aStatus(status)} />
    </AtWork>,
    { report_get: () => report, ...answers },
  );
  await pass(FRAMES_MS);
  return drawn;
}

const table = () => screen.getByRole("grid", { name: "Sequences" });
const row = (name: RegExp) => within(table()).getByRole("row", { name });
const cells = (name: RegExp) =>
  within(row(name))
    .getAllByRole("gridcell")
    .map((cell) => cell.textContent);
const names = () =>
  within(table())
    .getAllByRole("rowheader")
    .map((cell) => cell.querySelector("bdi")?.textContent);
const search = () => screen.getByRole("searchbox", { name: "Filter sequences" });
const progress = () => screen.queryByRole("progressbar", { name: "Loading call tasks" });
const shown = () => screen.getByText(/^Shown: /).textContent;

describe("Today's table", () => {
  it("shows the two fixed rows first, then the sequences as the core orders them", async () => {
    await today(aReport({ sequences: [TRIALS, Q4] }));
    expect(names()).toEqual([
      "All my call tasks",
      "Tasks without a sequence",
      "Trials",
      "Q4 outbound calls",
    ]);
    expect(screen.getByText("3 calls logged")).toBeTruthy();
  });

  it("names its columns, and shows each number of a row under its own", async () => {
    await today(aReport({ sequences: [Q4] }));
    const columns = screen.getAllByRole("columnheader").map((column) => column.textContent);
    expect(columns).toEqual([
      "Sequence",
      "Open",
      "Due today",
      "Overdue",
      "Callable now",
      "Closing soon",
      "Steps",
      "Owner",
      "State",
    ]);
    expect(cells(/^Q4/)).toEqual(["1,200", "7", "3", "5", "2", "6", "Ada Admin", "Active"]);
  });

  it("shows a dash for what is not known, and each state in words", async () => {
    await today(aReport({ sequences: [TRIALS, OLD] }));
    expect(cells(/^All my/).slice(5)).toEqual(["–", "–", "–"]);
    expect(cells(/^Trials/)[7]).toBe("Paused");
    expect(cells(/^Old ones/)[7]).toBe("Archived");
  });

  it("shows the sums of all rows as the core counted them", async () => {
    const all = aReportRow({
      open: 1234,
      due_today: 5,
      overdue: 6,
      callable_now: 7,
      closing_soon: 8,
    });
    await today(aReport({ all, sequences: [Q4, TRIALS] }));
    for (const text of ["2 sequences", "1,234 open", "5 due today", "6 overdue"]) {
      expect(
        screen.getByText((_, one) => one?.tagName === "SPAN" && one.textContent === text),
      ).toBeTruthy();
    }
  });

  it("has the keyboard on its first row, so that Enter starts to work", async () => {
    const { user, core } = await today(aReport(), {}, { queue_open: () => aQueue() });
    expect(document.activeElement).toBe(row(/^All my/));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("queue_open")).toEqual([{ scope: { kind: "all_call_tasks" } }]);
    expect(shown()).toBe("Shown: queue");
  });

  it("opens the sequence that the arrow keys lead to", async () => {
    const { user, core } = await today(
      aReport({ sequences: [TRIALS, Q4] }),
      {},
      { queue_open: () => aQueue() },
    );
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
    await pass();
    expect(core.given("queue_open")).toEqual([{ scope: { kind: "sequence", id: "s1" } }]);
  });

  it("opens what is clicked, the tasks without a sequence too", async () => {
    const { user, core } = await today(aReport(), {}, { queue_open: () => aQueue() });
    await user.click(row(/^Tasks without/));
    await pass();
    expect(core.given("queue_open")).toEqual([{ scope: { kind: "without_sequence" } }]);
  });

  it("stays and says why, where a queue cannot be opened", async () => {
    const { user, core } = await today(aReport());
    core.refuse("queue_open", refusal({ message: "It is not read yet." }));
    await user.keyboard("{Enter}");
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("It is not read yet.");
    expect(shown()).toBe("Shown: today");
  });

  it("does not take the keyboard from somebody who has it", async () => {
    const { user, core } = await today(nothing({ loading: aLoading({ state: "first" }) }));
    await user.click(search());
    core.answer({ report_get: () => aReport() });
    core.changed(["report"]);
    await pass(100);
    expect(table()).toBeTruthy();
    expect(document.activeElement).toBe(search());
  });
});

describe("the filter of Today", () => {
  it("is reached with /, and finds by name and by owner, whatever the case", async () => {
    const { user } = await today(aReport({ sequences: [TRIALS, Q4] }));
    await user.keyboard("/");
    expect(document.activeElement).toBe(search());
    await user.keyboard("TRIA");
    expect(names().slice(2)).toEqual(["Trials"]);
    await user.clear(search());
    await user.type(search(), " ada ");
    expect(names().slice(2)).toEqual(["Q4 outbound calls"]);
  });

  it("leaves the fixed rows and the sums, and says so where nothing is found", async () => {
    const { user } = await today(aReport({ sequences: [TRIALS, Q4] }));
    await user.type(search(), "xyzzy");
    expect(names()).toEqual(["All my call tasks", "Tasks without a sequence"]);
    expect(screen.getByText(/^No sequence/)).toBeTruthy();
    expect(screen.getByText("2 sequences")).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(names()).toHaveLength(4);
    expect(screen.queryByText(/^No sequence/)).toBeNull();
  });
});

describe("how far the reading is", () => {
  it("is counted where Apollo has named the total, and can be stopped", async () => {
    const loading = aLoading({
      state: "more",
      received: 1200,
      total: 4800,
      sentence: "Reading your call tasks.",
    });
    const { user, core } = await today(aReport({ loading }), {}, { report_cancel: () => null });
    expect(progress()?.getAttribute("aria-valuenow")).toBe("1200");
    expect(progress()?.getAttribute("aria-valuemax")).toBe("4800");
    expect(progress()?.getAttribute("aria-valuetext")).toBe("1,200 of 4,800");
    expect(screen.getByText("Reading your call tasks.").getAttribute("role")).toBe("status");
    expect(screen.queryByText(/15:00/)).toBeNull();
    expect(screen.queryByRole("button", { name: "Refresh" })).toBeNull();
    await user.click(button("Cancel loading"));
    await pass();
    expect(core.given("report_cancel")).toHaveLength(1);
  });

  it("is open where the number is not known yet", async () => {
    await today(nothing({ loading: aLoading({ state: "first", received: 0, total: null }) }));
    expect(progress()?.hasAttribute("aria-valuenow")).toBe(false);
    expect(screen.queryByRole("grid")).toBeNull();
  });

  it("is told by a time once it is done, and Refresh reads anew", async () => {
    const { user, core } = await today(aReport(), {}, { report_load: () => null });
    expect(progress()).toBeNull();
    expect(screen.getByText(/15:00/)).toBeTruthy();
    await user.click(button("Refresh"));
    await pass();
    expect(core.given("report_load")).toHaveLength(1);
  });

  it("follows the core", async () => {
    const { core } = await today(aReport({ loading: aLoading({ state: "more", total: 40 }) }));
    expect(progress()).not.toBeNull();
    core.answer({ report_get: () => aReport() });
    core.changed(["report"]);
    await pass(100);
    expect(progress()).toBeNull();
    expect(button("Refresh")).toBeTruthy();
  });

  it.each(["report_load", "report_cancel"] as const)("says why %s was refused", async (name) => {
    const state = name === "report_load" ? "complete" : "more";
    const { user, core } = await today(aReport({ loading: aLoading({ state }) }));
    core.refuse(name, refusal({ message: "Not now." }));
    await user.click(button(name === "report_load" ? "Refresh" : "Cancel loading"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("Not now.");
  });
});

describe("Today without call tasks", () => {
  it("has no table, and names the rep, where Apollo has none due", async () => {
    await today(nothing());
    expect(screen.getByRole("heading", { name: /tasks are due/ })).toBeTruthy();
    expect(screen.getByText(/for Robin Rep\./)).toBeTruthy();
    expect(screen.queryByRole("grid")).toBeNull();
  });

  it("speaks to the rep where nobody was chosen", async () => {
    await today(nothing(), { rep: null });
    expect(screen.getByText(/for you\./)).toBeTruthy();
  });

  it("says why they could not be read, once, and Enter tries again", async () => {
    const loading = aLoading({
      state: "failed",
      sentence: "Apollo did not answer.",
      is_whole: false,
    });
    const { user, core } = await today(nothing({ loading }), {}, { report_load: () => null });
    expect(screen.getByRole("heading", { name: /could not be read/ })).toBeTruthy();
    expect(screen.getAllByText("Apollo did not answer.")).toHaveLength(1);
    expect(document.activeElement).toBe(button("Try again"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("report_load")).toHaveLength(1);
  });

  it("does not say that none are due where the reading was stopped", async () => {
    const loading = aLoading({ state: "cancelled", sentence: "Stopped.", is_whole: false });
    await today(nothing({ loading }));
    expect(screen.getByRole("heading", { name: /not read yet/ })).toBeTruthy();
    expect(button("Try again")).toBeTruthy();
    expect(screen.queryByText(/tasks are due/)).toBeNull();
  });

  it("keeps what was read where reading more has failed, says why, and tries again", async () => {
    const loading = aLoading({ state: "failed", sentence: "Apollo did not answer." });
    const { user, core } = await today(aReport({ loading }), {}, { report_load: () => null });
    expect(names()).toHaveLength(3);
    expect(screen.getByRole("alert").textContent).toContain("Apollo did not answer.");
    await user.click(button("Try again"));
    await pass();
    expect(core.given("report_load")).toHaveLength(1);
  });

  it("says that it could not be read at all, and reads it when asked to", async () => {
    let works = false;
    const { user } = await today(
      aReport(),
      {},
      {
        report_get: () => {
          if (!works) throw refusal({ message: "The core is busy." });
          return aReport();
        },
      },
    );
    expect(screen.getByRole("alert").textContent).toContain("The core is busy.");
    works = true;
    await user.click(button("Try again"));
    await pass(FRAMES_MS);
    expect(screen.queryByRole("alert")).toBeNull();
    expect(names()).toHaveLength(3);
  });
});
