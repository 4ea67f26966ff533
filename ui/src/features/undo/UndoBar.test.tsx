import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Queue } from "../../generated/Queue";
import type { Undo } from "../../generated/Undo";
import { type Answers, refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { announced, button } from "../../testing/met";
import { aCard, anUndo, aQueue, aStatus, onCall } from "../../testing/snapshots";
import { useViews } from "../main-window/views";
import { UndoBar } from "./UndoBar";
import { useUndo } from "./undo";

function Behind({ saving }: { saving: Promise<unknown> | null }) {
  const { view } = useViews();
  const { takeAfter } = useUndo();
  return (
    <>
      <p>Shown: {view}</p>
      <textarea aria-label="Words" />
      <button type="button" onClick={() => saving && takeAfter(saving)}>
        Save
      </button>
    </>
  );
}

const withUndo = (undo: Undo | null, saving: Promise<unknown> | null = null) => (
  <AtWork view="today">
    <Behind saving={saving} />
    <UndoBar undo={undo} />
  </AtWork>
);

interface Stage {
  /** What the window shows. */
  undo?: Undo | null;
  /** What the core would take back. */
  last?: Undo | null;
  saving?: Promise<unknown>;
  queue?: Partial<Queue>;
  place?: number | null;
  answers?: Answers;
}

function bar(stage: Stage = {}) {
  const { undo = anUndo(), last = undo, queue = {}, place = 0, answers = {} } = stage;
  return draw(withUndo(undo, stage.saving), {
    status_get: () => aStatus({ undo: last }),
    wrap_up_undo: () => aCard(),
    queue_get: () => ({ queue: aQueue(queue) }),
    queue_place_get: () => ({ place }),
    ...answers,
  });
}

const region = () => screen.queryByRole("region", { name: "Undo" });
const shown = () => screen.getByText(/^Shown: /).textContent;
const alert = () => screen.queryByRole("alert")?.textContent ?? null;

describe("the undo bar", () => {
  it.each<[Partial<Undo>, string]>([
    [{}, "Saved: Dana Example, No answer"],
    [{ result: null }, "Saved: Dana Example"],
    [{ who: null }, "Saved: No answer"],
    [{ who: null, result: null }, "Saved"],
    [{ kind: "skip", result: "Wrong time" }, "Skipped: Dana Example, Wrong time"],
    [{ kind: "skip", who: null, result: null }, "Skipped"],
  ])("says what was saved: %j", async (part, text) => {
    await bar({ undo: anUndo(part) });
    expect(screen.getByText(text)).toBeTruthy();
    expect(region()?.contains(button("Undo"))).toBe(true);
  });

  it("is not there while nothing can be taken back", async () => {
    await bar({ undo: null });
    expect(region()).toBeNull();
  });

  it("counts down, and goes when the time is over", async () => {
    await bar();
    expect(region()?.textContent).toContain("5 s");
    await pass(1000);
    expect(region()?.textContent).toContain("4 s");
    await pass(3000);
    expect(region()?.textContent).toContain("1 s");
    await pass(1000);
    expect(region()).toBeNull();
  });

  it("does not speak of every second, and its button tells its key", async () => {
    await bar();
    expect(screen.getByText("5 s").closest("[aria-hidden=true]")).not.toBeNull();
    expect(button("Undo").getAttribute("aria-keyshortcuts")).toBe("z");
  });

  it("begins anew with the next save", async () => {
    const { again } = await bar();
    await pass(4000);
    const next = anUndo({ wrap_up_id: "w2", who: "Noor Next", until: "2026-11-25T14:05:09.000Z" });
    await again(withUndo(next));
    expect(region()?.textContent).toContain("Noor Next");
    expect(region()?.textContent).toContain("5 s");
  });
});

describe("undo", () => {
  it.each(["the button", "z", "Ctrl+Z"])("takes back with %s and shows the card", async (way) => {
    const { user, core } = await bar();
    if (way === "the button") await user.click(button("Undo"));
    else await user.keyboard(way === "z" ? "z" : "{Control>}z{/Control}");
    await pass();
    expect(core.given("wrap_up_undo")).toEqual([{ wrap_up_id: "w1" }]);
    expect(shown()).toBe("Shown: queue");
    expect(announced()).toMatch(/^Undone.*Dana Example/);
    expect(core.given("queue_open")).toEqual([]);
    expect(alert()).toBeNull();
  });

  it("leaves z to the text that somebody writes", async () => {
    const { user, core } = await bar();
    const textbox = screen.getByRole("textbox", { name: "Words" });
    await user.type(textbox, "zz");
    await pass();
    expect(textbox).toHaveProperty("value", "zz");
    expect(core.given("wrap_up_undo")).toEqual([]);
  });

  it("takes back what was saved last, although the bar shows an earlier save", async () => {
    const { user, core } = await bar({ last: anUndo({ wrap_up_id: "w2" }) });
    await user.keyboard("z");
    await pass();
    expect(core.given("wrap_up_undo")).toEqual([{ wrap_up_id: "w2" }]);
  });

  it("works before the bar is there", async () => {
    const { user, core } = await bar({ undo: null, last: anUndo() });
    await user.keyboard("z");
    await pass();
    expect(core.given("wrap_up_undo")).toEqual([{ wrap_up_id: "w1" }]);
  });

  it("waits for a save that is under way", async () => {
    let end: (value: unknown) => void = () => undefined;
    const saving = new Promise((resolve) => {
      end = resolve;
    });
    const { user, core } = await bar({ undo: null, last: anUndo(), saving });
    await user.click(button("Save"));
    await user.keyboard("z");
    await pass(1000);
    expect(core.given("wrap_up_undo")).toEqual([]);
    end(null);
    await pass();
    expect(core.given("wrap_up_undo")).toEqual([{ wrap_up_id: "w1" }]);
  });

  it("takes back one save, however often z is pressed while it does", async () => {
    const { user, core } = await bar();
    const taking = core.hold("wrap_up_undo");
    await user.keyboard("z");
    core.answer({ status_get: () => aStatus({ undo: anUndo({ wrap_up_id: "w0" }) }) });
    await user.keyboard("z");
    await user.click(button("Undo"));
    taking.answer(aCard());
    await pass();
    expect(core.given("wrap_up_undo")).toEqual([{ wrap_up_id: "w1" }]);
  });

  it("opens a queue that has the card, where the open one does not", async () => {
    const { user, core } = await bar({
      place: null,
      answers: { queue_open: () => aQueue({ number: 2 }), queue_select: () => aCard() },
    });
    await user.keyboard("z");
    await pass();
    expect(core.given("queue_open")).toEqual([{ scope: { kind: "all_call_tasks" } }]);
    expect(core.given("queue_select")).toEqual([{ task_id: "t1" }]);
    expect(shown()).toBe("Shown: queue");
  });

  it("leaves the rep with a call that goes on", async () => {
    const { user, core } = await bar({ queue: { on_call: "t2" } });
    await user.keyboard("z");
    await pass();
    expect(core.given("wrap_up_undo")).toHaveLength(1);
    expect(shown()).toBe("Shown: today");
    expect(announced()).toMatch(/^Undone.*call goes on/);
  });

  it("shows the card all the same where the call that goes on is its own", async () => {
    const { user } = await bar({
      queue: { on_call: "t1" },
      answers: { wrap_up_undo: () => aCard({ state: "on_call", call: onCall() }) },
    });
    await user.keyboard("z");
    await pass();
    expect(shown()).toBe("Shown: queue");
  });

  it("says nothing of a stray key where nobody has saved", async () => {
    const { user, core } = await bar({ undo: null });
    await user.keyboard("z");
    await pass();
    expect(core.given("wrap_up_undo")).toEqual([]);
    expect(alert()).toBeNull();
    expect(announced()).toBe("");
  });

  it("that comes too late is told what can still be done", async () => {
    const { user, core } = await bar({ undo: null, saving: Promise.resolve() });
    await user.click(button("Save"));
    await user.keyboard("z");
    await pass();
    expect(core.given("wrap_up_undo")).toEqual([]);
    expect(alert()).toMatch(/open Calls.*Edit/);
    expect(shown()).toBe("Shown: today");
  });

  it("that is refused says why, reads anew what can be taken back, and may be tried again", async () => {
    const { user, core } = await bar();
    core.refuse("wrap_up_undo", refusal({ code: "invalid", message: "It was sent just now." }));
    await user.click(button("Undo"));
    await pass();
    expect(alert()).toContain("It was sent just now.");
    expect(shown()).toBe("Shown: today");
    expect(announced()).toBe("");
    core.answer({ wrap_up_undo: () => aCard() });
    await user.keyboard("z");
    await pass();
    expect(alert()).toBeNull();
    expect(shown()).toBe("Shown: queue");
  });
});
