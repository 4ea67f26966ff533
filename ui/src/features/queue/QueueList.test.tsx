import { act, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Card } from "../../generated/Card";
import type { Queue } from "../../generated/Queue";
import type { QueueRow } from "../../generated/QueueRow";
import { type Answers, refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { button } from "../../testing/met";
import {
  aCard,
  aContact,
  aQueue,
  aQueueRow,
  aSettingsView,
  aStatus,
  onCall,
} from "../../testing/snapshots";
import { CardPane } from "../card/CardPane";
import { useViews } from "../main-window/views";
import { OpenQueueProvider } from "./open-queue";
import { QueueList } from "./QueueList";

/** Ten rows are in sight. */
const HEIGHT_PX = 480;
/** Until the core is told who is selected. */
const NOTIFY_MS = 200;

const ADA = aQueueRow({ task_id: "t1", name: "Ada Archer" });
const BEN = aQueueRow({ task_id: "t2", name: "Ben Baker" });
const CAL = aQueueRow({ task_id: "t3", name: "Cal Cook" });
const THREE = [ADA, BEN, CAL];

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aQueueRow({ task_id: `t${index + 1}`, name: `Person ${index + 1}` }),
  );

function cardOf(row: QueueRow, part: Partial<Card> = {}): Card {
  return aCard({
    task_id: row.task_id,
    contact: aContact({ name: row.name }),
    next: null,
    ...part,
  });
}

function Behind() {
  return <p>Shown: {useViews().view}</p>;
}

/** The list of an open queue, whose rows the core finds by name. */
async function list(rows: QueueRow[], queue: Partial<Queue> = {}, answers: Answers = {}) {
  const matching = (text: string) =>
    rows.filter((row) => row.name.toLowerCase().includes(text.toLowerCase()));
  const card = (taskId: string) =>
    cardOf(rows.find((row) => row.task_id === taskId) ?? aQueueRow({ task_id: taskId }));
  const drawn = await draw(
    <AtWork>
      <Behind />
      <OpenQueueProvider queue={aQueue({ rows: rows.length, total: rows.length, ...queue })}>
        <QueueList />
        <CardPane />
      </OpenQueueProvider>
    </AtWork>,
    {
      status_get: () => aStatus(),
      settings_get: () => aSettingsView(),
      card_get: ({ task_id }) => card(task_id),
      queue_rows_get: ({ search, from, count }) => {
        const found = matching(search.text);
        return { rows: found.slice(from, from + count), matching: found.length };
      },
      queue_place_get: ({ search, task_id }) => {
        const place = matching(search.text).findIndex((row) => row.task_id === task_id);
        return { place: place < 0 ? null : place };
      },
      queue_select: ({ task_id }) => card(task_id),
      ...answers,
    },
  );
  await pass();
  return drawn;
}

const listbox = () => screen.getByRole("listbox", { name: "Queue" });
const search = () => screen.getByRole("searchbox", { name: "Search queue" });
const options = () => screen.queryAllByRole("option").map((one) => one.getAttribute("aria-label"));
/** Whom the list and the card are about. */
const selected = () => screen.getByRole("option", { selected: true }).getAttribute("aria-label");
const shownCard = () => screen.getByRole("heading", { level: 2 }).textContent;
/** The row that a screen reader is at. */
const active = () =>
  document.getElementById(listbox().getAttribute("aria-activedescendant") ?? "none");
const toList = () => act(() => listbox().focus());

// jsdom lays nothing out and scrolls nothing.
beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(HEIGHT_PX);
  vi.spyOn(Element.prototype, "scrollHeight", "get").mockReturnValue(1_000_000);
  Object.defineProperty(Element.prototype, "scrollTo", {
    configurable: true,
    value(this: Element, { top = 0 }: ScrollToOptions) {
      this.scrollTop = top;
      setTimeout(() => this.dispatchEvent(new Event("scroll")));
    },
  });
  onTestFinished(() => void Reflect.deleteProperty(Element.prototype, "scrollTo"));
});

describe("moving through the queue's list", () => {
  it("begins at who is selected, and says each row's name and place", async () => {
    await list(THREE, { selected: "t2" });
    expect(options()).toEqual([
      "Ada Archer, Northwind, 2 d overdue, callable now",
      "Ben Baker, Northwind, 2 d overdue, callable now",
      "Cal Cook, Northwind, 2 d overdue, callable now",
    ]);
    expect(selected()).toContain("Ben Baker");
    expect(active()?.getAttribute("aria-posinset")).toBe("2");
    expect(active()?.getAttribute("aria-setsize")).toBe("3");
    expect(shownCard()).toContain("Ben Baker");
  });

  it("moves with arrow keys, and the card follows at once", async () => {
    const { user, core } = await list(THREE);
    toList();
    await user.keyboard("{ArrowDown}");
    expect(selected()).toContain("Ben Baker");
    expect(active()?.getAttribute("aria-label")).toContain("Ben Baker");
    expect(shownCard()).toContain("Ben Baker");
    expect(core.given("queue_select")).toEqual([]);
    await user.keyboard("{ArrowUp}");
    expect(selected()).toContain("Ada Archer");
  });

  it("tells the core once where held keys have led", async () => {
    const { user, core } = await list(many(30));
    toList();
    await user.keyboard("{ArrowDown>8/}");
    expect(selected()).toContain("Person 9,");
    await pass(NOTIFY_MS);
    expect(core.given("queue_select")).toEqual([{ task_id: "t9" }]);
  });

  it("stays at the first and at the last", async () => {
    const { user } = await list(THREE);
    toList();
    await user.keyboard("{ArrowUp}");
    expect(selected()).toContain("Ada Archer");
    await user.keyboard("{End}{ArrowDown}");
    expect(selected()).toContain("Cal Cook");
    await user.keyboard("{Home}");
    expect(selected()).toContain("Ada Archer");
  });

  it("moves with j and k from anywhere, and takes the keyboard away from the card", async () => {
    const { user } = await list(THREE);
    act(() => button("Call +1 202-555-0143 mobile").focus());
    await user.keyboard("jj");
    expect(selected()).toContain("Cal Cook");
    expect(document.activeElement).toBe(listbox());
    await user.keyboard("k");
    expect(selected()).toContain("Ben Baker");
  });

  it("goes back with p to whoever was selected before", async () => {
    const { user } = await list(THREE);
    toList();
    await user.keyboard("{End}");
    await user.keyboard("p");
    expect(selected()).toContain("Ada Archer");
  });

  it("moves a page at a time", async () => {
    const { user } = await list(many(30));
    toList();
    await user.keyboard("{PageDown}");
    expect(selected()).toContain("Person 10,");
    await user.keyboard("{PageUp}");
    expect(selected()).toContain("Person 1,");
  });

  it("leaves keys with Ctrl, ⌘ or Alt to whoever they are for", async () => {
    const { user } = await list(THREE);
    toList();
    await user.keyboard("{Alt>}{ArrowDown}{End}{/Alt}");
    expect(selected()).toContain("Ada Archer");
  });

  it("selects by a click", async () => {
    const { user, core } = await list(THREE);
    await user.click(screen.getByRole("option", { name: /Cal Cook/ }));
    expect(selected()).toContain("Cal Cook");
    await pass(NOTIFY_MS);
    expect(core.given("queue_select")).toEqual([{ task_id: "t3" }]);
  });

  it("says why the core could not select", async () => {
    const { user, core } = await list(THREE);
    core.refuse("queue_select", refusal({ message: "It is gone." }));
    toList();
    await user.keyboard("{ArrowDown}");
    await pass(NOTIFY_MS);
    expect(screen.getByRole("alert").textContent).toContain("It is gone.");
  });

  it("calls whoever is selected with Enter", async () => {
    const dialed = cardOf(BEN, { state: "on_call", call: onCall() });
    const { user, core } = await list(THREE, {}, { call_dial: () => dialed });
    toList();
    await user.keyboard("{ArrowDown}");
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("call_dial")).toEqual([{ task_id: "t2", phone: 0, confirmed: false }]);
  });

  it("calls nobody with Enter while the card is not here yet", async () => {
    const { user, core } = await list(THREE);
    core.hold("card_get");
    toList();
    await user.keyboard("{ArrowDown}");
    await user.keyboard("{Enter}");
    await pass();
    expect(selected()).toContain("Ben Baker");
    expect(core.given("call_dial")).toEqual([]);
  });
});

describe("rows", () => {
  it("say what has become of them, without a company too", async () => {
    await list([
      aQueueRow({ task_id: "t1", name: "Ada", company: null, state: "on_call" }),
      aQueueRow({ task_id: "t2", name: "Ben", state: "finished", result: "No answer" }),
      aQueueRow({ task_id: "t3", name: "Cal", state: "skipped" }),
      aQueueRow({ task_id: "t4", name: "Dee", state: "gone" }),
      aQueueRow({
        task_id: "t5",
        name: "Eve",
        reach: { state: "parked", short: "opens 09:00", sentence: "Too early there." },
      }),
      aQueueRow({ task_id: "t6", name: "Fay", state: "catching_up" }),
    ]);
    expect(options().map((name) => name?.replace(", Northwind, 2 d overdue", ""))).toEqual([
      "Ada, 2 d overdue, on a call",
      "Ben, finished: No answer",
      "Cal, skipped",
      "Dee, gone from Apollo",
      "Eve, opens 09:00",
      "Fay, called already, Apollo is catching up",
    ]);
  });

  it("show what is begun, how urgent it is, and the person's own time", async () => {
    await list([
      aQueueRow({
        has_draft: true,
        priority: "urgent",
        step: 2,
        due: { state: "today", text: "due today" },
      }),
    ]);
    const shown = screen.getByRole("option").textContent;
    expect(shown).toContain("Dana Example draft");
    expect(shown).toContain("Northwind · step 2");
    expect(shown).toMatch(/urgent ·\s*due today/);
    expect(shown).toContain("09:05");
  });

  it("are drawn only as far as they are in sight", async () => {
    const { core } = await list(many(400));
    expect(options().length).toBeGreaterThan(10);
    expect(options().length).toBeLessThan(60);
    expect(core.given("queue_rows_get").map(({ from }) => from)).toEqual([0]);
  });

  it("are read where a jump leads, and nobody is selected before", async () => {
    const { user, core } = await list(many(400));
    const answers = core.hold("queue_rows_get");
    toList();
    await user.keyboard("{End}");
    expect(core.given("queue_rows_get").at(-1)).toMatchObject({ from: 350, count: 50 });
    expect(selected()).toContain("Person 1,");
    answers.answer({ rows: many(400).slice(350), matching: 400 });
    await pass(NOTIFY_MS);
    expect(selected()).toContain("Person 400,");
    expect(active()?.getAttribute("aria-posinset")).toBe("400");
    expect(core.given("queue_select")).toEqual([{ task_id: "t400" }]);
  });

  it("that are read too late select nobody, once the rep has gone elsewhere", async () => {
    const { user, core } = await list(many(400));
    const answers = core.hold("queue_rows_get");
    toList();
    await user.keyboard("{End}");
    await user.click(screen.getByRole("option", { name: /^Person 3,/ }));
    answers.answer({ rows: many(400).slice(350), matching: 400 });
    await pass(NOTIFY_MS);
    expect(selected()).toContain("Person 3,");
    expect(core.given("queue_select")).toEqual([{ task_id: "t3" }]);
  });

  it("hold their place while they are read", async () => {
    const { core } = await list(many(400), { selected: "t390" });
    expect(selected()).toContain("Person 390,");
    const reading = core.hold("queue_rows_get");
    act(() => listbox().scrollTo({ top: 0 }));
    await pass();
    // Row 1 is among those that were read first.
    expect(options()).toContain("Person 1, Northwind, 2 d overdue, callable now");
    act(() => listbox().scrollTo({ top: 150 * 48 }));
    await pass();
    expect(options()).toContain("Being read");
    reading.answer({ rows: many(400).slice(150, 200), matching: 400 });
    await pass();
    expect(options()).toContain("Person 151, Northwind, 2 d overdue, callable now");
  });

  it("are read again when something changes", async () => {
    const { core } = await list(THREE);
    core.answer({
      queue_rows_get: () => ({ rows: [ADA, { ...BEN, state: "gone" }, CAL], matching: 3 }),
    });
    core.changed(["queue"]);
    await pass(100);
    expect(options()[1]).toBe("Ben Baker, Northwind, 2 d overdue, gone from Apollo");
  });

  it("says that rows could not be read, and reads them when asked to", async () => {
    let works = false;
    const { core, user } = await list(
      [ADA],
      {},
      {
        queue_rows_get: () => {
          if (!works) throw refusal({ message: "The list could not be read." });
          return { rows: [ADA], matching: 1 };
        },
      },
    );
    expect(screen.getByRole("alert").textContent).toContain("The list could not be read.");
    works = true;
    await user.click(button("Try again"));
    await pass();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(options()).toHaveLength(1);
    expect(core.given("queue_rows_get").length).toBeGreaterThan(1);
  });
});

describe("the search in the queue", () => {
  it("is reached with /, and finds while one types", async () => {
    const { user, core } = await list(THREE);
    await user.keyboard("/");
    expect(document.activeElement).toBe(search());
    expect(search()).toHaveProperty("value", "");
    await user.keyboard("ben");
    await pass();
    expect(options()).toEqual(["Ben Baker, Northwind, 2 d overdue, callable now"]);
    expect(core.given("queue_rows_get").at(-1)?.search).toEqual({ queue: 1, text: "ben" });
    expect(screen.getByRole("option").getAttribute("aria-setsize")).toBe("1");
  });

  it("selects nobody while one types, and the first that matches with Enter", async () => {
    const { user, core } = await list(THREE);
    await user.type(search(), "c");
    await pass(NOTIFY_MS);
    expect(shownCard()).toContain("Ada Archer");
    expect(core.given("queue_select")).toEqual([]);
    await user.clear(search());
    await user.type(search(), "cal{Enter}");
    await pass(NOTIFY_MS);
    expect(selected()).toContain("Cal Cook");
    expect(document.activeElement).toBe(listbox());
    expect(core.given("queue_select")).toEqual([{ task_id: "t3" }]);
    expect(core.given("call_dial")).toEqual([]);
  });

  it("takes letters for what they are", async () => {
    const { user } = await list(THREE);
    await user.type(search(), "jkp");
    expect(search()).toHaveProperty("value", "jkp");
    expect(shownCard()).toContain("Ada Archer");
  });

  it("says so where nobody matches, and Enter leaves who is selected", async () => {
    const { user, core } = await list(THREE);
    await user.type(search(), "xyzzy{Enter}");
    await pass(NOTIFY_MS);
    expect(options()).toEqual([]);
    expect(listbox().textContent).toMatch(/matches/);
    expect(listbox().hasAttribute("aria-activedescendant")).toBe(false);
    expect(shownCard()).toContain("Ada Archer");
    expect(core.given("queue_select")).toEqual([]);
  });

  it("is emptied with the first Escape, left with the next, and the screen with the third", async () => {
    const { user } = await list(THREE);
    await user.type(search(), "ben");
    await user.keyboard("{Escape}");
    expect(search()).toHaveProperty("value", "");
    expect(document.activeElement).toBe(search());
    await user.keyboard("{Escape}");
    expect(document.activeElement).toBe(listbox());
    expect(screen.getByText("Shown: queue")).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(screen.getByText("Shown: today")).toBeTruthy();
  });
});

describe("what the list says of the queue", () => {
  it.each<[Partial<Queue>, string]>([
    [{}, "Nobody is due here."],
    [{ loading: true }, "This queue is not read yet."],
    [{ missing: "12 more are in Apollo." }, "This queue is not read yet."],
  ])("without a row: %j", async (part, text) => {
    await list([], { selected: null, ...part });
    expect(listbox().textContent).toMatch(text);
  });

  it("is how much is done, who may not be called now, and what is missing", async () => {
    await list(THREE, {
      title: "Q4 outbound calls",
      finished: 4,
      total: 7,
      parked: 2,
      next_opens: "17:00",
      missing: "12 more are in Apollo.",
    });
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Q4 outbound calls");
    expect(screen.getByText("4 of 7 done")).toBeTruthy();
    expect(screen.getByText(/^2 outside .*17:00/)).toBeTruthy();
    expect(screen.getByText("12 more are in Apollo.")).toBeTruthy();
  });
});
