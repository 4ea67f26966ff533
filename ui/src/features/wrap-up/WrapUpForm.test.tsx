import { act, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Card } from "../../generated/Card";
import { type Answers, refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { announced, button, describedBy, isDisabled, radio } from "../../testing/met";
import {
  aCard,
  aForm,
  anOutcome,
  aQueue,
  aSaved,
  endedCall,
  onCall,
  someDispositions,
  theNextCard,
} from "../../testing/snapshots";
import { OpenQueueProvider } from "../queue/open-queue";
import { DRAFT_DELAY_MS } from "./draft-book";
import { WrapUpPane } from "./WrapUpPane";

/** The wrap-up of the first of two cards. */
function wrapUp(card: Partial<Card> = {}, answers: Answers = {}) {
  return draw(
    <AtWork>
      <OpenQueueProvider queue={aQueue()}>
        <WrapUpPane />
      </OpenQueueProvider>
    </AtWork>,
    {
      card_get: ({ task_id }) => (task_id === "t1" ? aCard(card) : theNextCard()),
      dispositions_get: () => someDispositions(),
      draft_save: () => null,
      queue_get: () => ({ queue: aQueue() }),
      wrap_up_save: () => aSaved(),
      task_skip: () => aSaved(),
      ...answers,
    },
  );
}

const note = () => screen.getByRole("textbox", { name: "Note" });
const dialog = (name: string) => screen.getByRole("dialog", { name });

describe("the wrap-up form", () => {
  it("leads to the note once an outcome is chosen, by a click or by its number", async () => {
    const { user } = await wrapUp();
    await user.click(radio("Busy"));
    expect(radio("Busy")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(note());
    act(() => note().blur());
    await user.keyboard("1");
    expect(radio("No answer")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(note());
  });

  it("stays with the outcomes while arrow keys walk through them", async () => {
    const { user } = await wrapUp();
    act(() => radio("No answer").focus());
    await user.keyboard("{ArrowDown}");
    expect(radio("Busy")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(radio("Busy"));
  });

  it("takes a number for a character in the note, and with Ctrl for an outcome", async () => {
    const { user } = await wrapUp();
    await user.type(note(), "2 kids{Control>}2{/Control}");
    expect(note()).toHaveProperty("value", "2 kids");
    expect(radio("Busy")).toHaveProperty("checked", true);
  });

  it("cannot be saved before an outcome is chosen, and Ctrl+Enter leads to the outcomes", async () => {
    const { user, core } = await wrapUp();
    expect(isDisabled(button("Save and next"))).toBe(true);
    await user.click(note());
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(document.activeElement).toBe(radio("No answer"));
    expect(core.given("wrap_up_save")).toEqual([]);
  });

  it("saves the whole form as one command, and goes on to the next card", async () => {
    const stored = aForm({
      purpose_id: "p1",
      callback: { at: "2026-11-26T09:00:00.000Z", how: "new_task" },
      finish_sequence: true,
    });
    const { user, core } = await wrapUp({ draft: { form: stored, outcome_name: null } });
    await user.click(radio("No answer"));
    await user.type(note(), "Rang twice");
    await user.click(button("Save and next"));
    await pass();
    expect(core.given("wrap_up_save")).toEqual([
      { task_id: "t1", form: { ...stored, outcome: "no_answer", note: "Rang twice" } },
    ]);
    expect(announced()).toBe("Saved the call with Dana Example");
    expect(note()).toHaveProperty("value", "");
    expect(radio("No answer")).toHaveProperty("checked", false);
  });

  it("is saved once, however often Ctrl+Enter is pressed", async () => {
    const { user, core } = await wrapUp();
    core.hold("wrap_up_save");
    await user.keyboard("1{Control>}{Enter}{Enter}{/Control}");
    await user.keyboard("2{Control>}{Enter}{/Control}");
    await pass();
    expect(core.given("wrap_up_save")).toHaveLength(1);
  });

  it("says that it saves, and lets nothing else be saved or skipped meanwhile", async () => {
    const { user, core } = await wrapUp();
    const saving = core.hold("wrap_up_save");
    await user.keyboard("1{Control>}{Enter}{/Control}");
    await pass();
    const status = screen.getByRole("status", { name: "Saving" });
    expect(status.textContent).toBe("Saving the last call…");
    await user.keyboard("2");
    expect(isDisabled(button("Save and next"))).toBe(true);
    expect(isDisabled(button("Skip…"))).toBe(true);
    saving.answer(aSaved());
    await pass();
    expect(status.textContent).toBe("");
    expect(isDisabled(button("Save and next"))).toBe(false);
  });

  it("comes back with every word and the reason where its save is refused, and can be saved anew", async () => {
    const { user, core } = await wrapUp();
    core.refuse(
      "wrap_up_save",
      refusal({ code: "not_saved", message: "The disk is full.", hint: "Make room." }),
    );
    await user.keyboard("2");
    await user.type(note(), "Rang twice");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await pass(100);
    expect(screen.getByRole("alert").textContent).toBe("The disk is full. Make room.");
    expect(note()).toHaveProperty("value", "Rang twice");
    expect(radio("Busy")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(note());
    core.answer({ wrap_up_save: () => aSaved() });
    await user.keyboard("{Control>}{Enter}{/Control}");
    await pass();
    expect(core.given("wrap_up_save")[1]?.form).toEqual(
      aForm({ outcome: "busy", note: "Rang twice" }),
    );
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("asks for the note that an outcome needs, and saves once there is one", async () => {
    const { user, core } = await wrapUp();
    await user.click(radio("Interested"));
    const save = button("Save and next");
    expect(describedBy(save)).toBe("A note is needed for Interested.");
    await user.type(note(), "  ");
    await user.click(save);
    expect(document.activeElement).toBe(note());
    expect(announced()).toBe("A note is needed for Interested.");
    expect(core.given("wrap_up_save")).toEqual([]);
    await user.type(note(), "Wants a demo");
    expect(describedBy(save)).toBe("");
    await user.click(save);
    await pass();
    expect(core.given("wrap_up_save")).toHaveLength(1);
  });

  it("gives what is typed to the core a moment later, as one draft", async () => {
    const { user, core } = await wrapUp();
    await user.type(note(), "Rang");
    expect(core.given("draft_save")).toEqual([]);
    await pass(DRAFT_DELAY_MS);
    expect(core.given("draft_save")).toEqual([{ task_id: "t1", form: aForm({ note: "Rang" }) }]);
  });

  it("shows the draft that the core has stored, with an outcome that is not offered any more", async () => {
    const form = aForm({ outcome: "old", note: "From yesterday" });
    await wrapUp({ draft: { form, outcome_name: "Gatekeeper" } });
    expect(note()).toHaveProperty("value", "From yesterday");
    expect(radio("Gatekeeper")).toHaveProperty("checked", true);
    expect(radio("Gatekeeper").hasAttribute("aria-keyshortcuts")).toBe(false);
  });

  it("says what the chosen outcome does besides, and offers to finish only a sequence", async () => {
    const finishing = anOutcome(
      { key: "done", name: "Not interested", shortcut: 4 },
      { sentence: "Finishes the sequence.", finishes_sequence: true },
    );
    const answers = { dispositions_get: () => someDispositions({ outcomes: [finishing] }) };
    const sequence = { id: "s1", name: "Q4", step: 2, step_count: 5, state: "active" } as const;
    const { user, core } = await wrapUp({ sequence }, answers);
    const finish = screen.getByRole("checkbox", { name: "Finish the sequence for this contact" });
    expect(finish).toHaveProperty("checked", false);
    await user.click(radio("Not interested"));
    expect(finish).toHaveProperty("checked", true);
    expect(screen.getByText("Finishes the sequence.")).toBeTruthy();
    await user.click(finish);
    expect(screen.getByText(/For this call, your choice below counts instead/)).toBeTruthy();
    await user.click(button("Save and next"));
    await pass();
    expect(core.given("wrap_up_save")[0]?.form.finish_sequence).toBe(false);
    expect(screen.queryByRole("checkbox")).toBeNull();
  });

  it("tells when Apollo’s outcomes take the place of plain words", async () => {
    const plain = someDispositions({
      outcomes: [anOutcome()],
      source: "not_read",
      hint: "Plain words for now.",
    });
    const { core } = await wrapUp({}, { dispositions_get: () => plain });
    expect(screen.getByText("Plain words for now.")).toBeTruthy();
    core.answer({ dispositions_get: () => someDispositions() });
    core.changed(["dispositions"]);
    await pass(50);
    expect(radio("Busy")).toBeTruthy();
    expect(announced()).toContain("Handset has read Apollo’s outcomes.");
  });
});

describe("the call in the wrap-up", () => {
  it("is counted in seconds until it is ended, which is announced", async () => {
    const { user, core } = await wrapUp({ state: "on_call", call: onCall() });
    const timer = screen.getByRole("timer", { name: "Call timer" });
    expect(timer.textContent).toBe("02:14");
    await pass(2000);
    expect(timer.textContent).toBe("02:16");
    core.answer({
      call_end: () => aCard({ state: "on_call", call: endedCall() }),
      card_get: () => aCard({ state: "on_call", call: endedCall() }),
    });
    await user.click(button("End call"));
    await pass();
    expect(core.given("call_end")).toEqual([{ task_id: "t1" }]);
    expect(announced()).toBe("Call ended after 2 minutes 14 seconds");
    expect(timer.textContent).toBe("02:14");
    expect(isDisabled(button("End call"))).toBe(true);
    expect(document.activeElement).toBe(radio("No answer"));
  });

  it("is ended with e, but not by an e in the note", async () => {
    const { user, core } = await wrapUp({ state: "on_call", call: onCall() });
    core.hold("call_end");
    await user.type(note(), "even");
    expect(core.given("call_end")).toEqual([]);
    act(() => note().blur());
    await user.keyboard("e");
    await pass();
    expect(core.given("call_end")).toHaveLength(1);
  });

  it("cannot be skipped while it goes on, nor ended before it is dialed", async () => {
    const { again } = await wrapUp({ state: "on_call", call: onCall() });
    expect(isDisabled(button("Skip…"))).toBe(true);
    expect(isDisabled(button("Correct times"))).toBe(true);
    await again(null);
    await wrapUp();
    expect(isDisabled(button("End call"))).toBe(true);
    expect(isDisabled(button("Skip…"))).toBe(false);
  });

  it("says why it could not be ended", async () => {
    const { user, core } = await wrapUp({ state: "on_call", call: onCall() });
    core.refuse("call_end", refusal({ message: "The call could not be ended." }));
    await user.click(button("End call"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("The call could not be ended.");
  });

  it("asks for its times as soon as it has ended, where they cannot be right", async () => {
    const { user, core } = await wrapUp({ state: "on_call", call: onCall() });
    const ended = aCard({
      state: "on_call",
      call: endedCall("This call ran 9 h. When did it end?"),
    });
    core.answer({ call_end: () => ended, card_get: () => ended });
    await user.click(button("End call"));
    await pass();
    expect(announced()).toBe("Call ended after 2 minutes 14 seconds");
    expect(dialog("Correct call times").textContent).toContain("This call ran 9 h.");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Call ended" }));
  });

  it("asks for its times where a save is refused for them", async () => {
    const { user, core } = await wrapUp({ state: "on_call", call: endedCall() });
    const asked = aCard({ state: "on_call", call: endedCall("When did it end?") });
    core.refuse("wrap_up_save", refusal({ code: "confirm_times", message: "When did it end?" }));
    core.answer({ card_get: ({ task_id }) => (task_id === "t1" ? asked : theNextCard()) });
    await user.keyboard("1{Control>}{Enter}{/Control}");
    await pass(100);
    expect(dialog("Correct call times")).toBeTruthy();
  });
});

describe("the skip dialog", () => {
  it("names the person, wants a reason, and skips with reason and note as one command", async () => {
    const { user, core } = await wrapUp();
    await user.keyboard("s");
    await pass(50);
    const skipping = dialog("Skip this task");
    expect(skipping.textContent).toContain("Handset marks the task of Dana Example as skipped");
    expect(document.activeElement).toBe(radio("Wrong number"));
    expect(isDisabled(button("Skip task"))).toBe(true);
    await user.click(radio("Already spoke"));
    await user.type(screen.getByRole("textbox", { name: "Reason in words" }), "At the fair");
    await user.click(button("Skip task"));
    await pass();
    expect(core.given("task_skip")).toEqual([
      { task_id: "t1", reason: "already_spoke", note: "At the fair" },
    ]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(announced()).toBe("Skipped Dana Example");
  });

  it("skips nothing when it is cancelled or left with Escape", async () => {
    const { user, core } = await wrapUp();
    await user.click(button("Skip…"));
    await user.click(radio("No number"));
    await user.click(button("Cancel"));
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(button("Skip…"));
    expect(radio("No number")).toHaveProperty("checked", false);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(core.given("task_skip")).toEqual([]);
  });

  it("brings the card back with the reason where the skip is refused", async () => {
    const { user, core } = await wrapUp();
    core.refuse("task_skip", refusal({ message: "The disk is full." }));
    await user.click(button("Skip…"));
    await user.click(radio("No number"));
    await user.keyboard("{Enter}");
    await pass(100);
    expect(core.given("task_skip")).toHaveLength(1);
    expect(screen.getByRole("alert").textContent).toContain("The disk is full.");
  });
});

describe("the callback dialog", () => {
  const spin = (name: string | RegExp) => screen.getByRole("spinbutton", { name });

  it("proposes tomorrow at this time as a new task, in the rep’s and the prospect’s time", async () => {
    const { user } = await wrapUp();
    await user.keyboard("b");
    await pass(50);
    const picking = dialog("Call Dana Example back");
    expect(radio("Tomorrow, same time, Thu 26 Nov, 15:05")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(radio("Tomorrow, same time, Thu 26 Nov, 15:05"));
    expect(picking.textContent).toContain(
      "Thu 26 Nov, 15:05 your own time; in New York Thu 26 Nov, 09:05.",
    );
    expect(radio("Complete this task and make a new call task")).toHaveProperty("checked", true);
  });

  it("sets what is picked, which is saved with the form and can be removed", async () => {
    const { user, core } = await wrapUp();
    await user.click(button("Call back…"));
    await user.click(radio("Next Monday, Mon 30 Nov, 09:00"));
    await user.click(radio("Move this task to then"));
    await user.click(button("Set callback"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByText("Calls back Mon 30 Nov, 09:00 · this task moves")).toBeTruthy();
    expect(button("Change callback…")).toBeTruthy();
    await pass(DRAFT_DELAY_MS);
    expect(core.given("draft_save")[0]?.form.callback).toEqual({
      at: "2026-11-30T08:00:00.000Z",
      how: "move_task",
    });
    await user.click(button("Remove callback"));
    expect(button("Call back…")).toBeTruthy();
    await pass(DRAFT_DELAY_MS);
    expect(core.given("draft_save")[1]?.form.callback).toBeNull();
  });

  it("takes a day and a time of one’s own, and refuses one that has passed", async () => {
    const { user, core } = await wrapUp();
    await user.click(button("Call back…"));
    await user.click(spin(/^day,/));
    await user.keyboard("25");
    await user.click(spin(/^hour,/));
    await user.keyboard("1400");
    expect(screen.getByRole("alert").textContent).toBe("This time has passed. Pick a later time.");
    expect(isDisabled(button("Set callback"))).toBe(true);
    await user.click(spin(/^hour,/));
    await user.keyboard("17");
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(button("Set callback"));
    await pass(DRAFT_DELAY_MS);
    expect(core.given("draft_save")[0]?.form.callback?.at).toBe("2026-11-25T16:00:00.000Z");
  });

  it("opens with what was set before", async () => {
    const callback = { at: "2026-11-27T10:30:00.000Z", how: "move_task" } as const;
    const { user } = await wrapUp({
      draft: { form: aForm({ callback }), outcome_name: null },
    });
    await user.click(button("Change callback…"));
    expect(spin(/^day,/).textContent).toBe("27");
    expect(spin(/^hour,/).textContent).toBe("11");
    expect(spin(/^minute,/).textContent).toBe("30");
    expect(radio("Move this task to then")).toHaveProperty("checked", true);
  });

  it("offers no new task where Apollo names no contact for it", async () => {
    const { user } = await wrapUp({ has_contact: false });
    await user.click(button("Call back…"));
    const then = screen.getByRole("radiogroup", { name: "Then" });
    expect(within(then).getAllByRole("radio")).toHaveLength(1);
    expect(radio("Move this task to then")).toHaveProperty("checked", true);
  });

  it("changes nothing when it is left with Escape", async () => {
    const { user, core } = await wrapUp();
    await user.click(button("Call back…"));
    await user.click(radio("Next Monday, Mon 30 Nov, 09:00"));
    await user.keyboard("{Escape}");
    await pass(DRAFT_DELAY_MS);
    expect(button("Call back…")).toBeTruthy();
    expect(core.given("draft_save")).toEqual([]);
  });
});

describe("the dialog that corrects times", () => {
  const started = () => screen.getByRole("textbox", { name: "Call started" });
  const ended = () => screen.getByRole("textbox", { name: "Call ended" });
  const correcting = async (question: string | null = null) => {
    const drawn = await wrapUp({ state: "on_call", call: endedCall(question) });
    await drawn.user.click(button("Correct times"));
    await pass(50);
    return drawn;
  };

  it("shows the times of the call, takes others, and closes once they are saved", async () => {
    const { user, core } = await correcting();
    expect(document.activeElement).toBe(started());
    expect(started()).toHaveProperty("value", "15:02:46");
    expect(ended()).toHaveProperty("value", "15:05:00");
    const correct = core.hold("call_correct");
    await user.clear(ended());
    await user.type(ended(), "15:04{Enter}");
    expect(core.given("call_correct")).toEqual([
      {
        task_id: "t1",
        started_at: "2026-11-25T14:02:46.000Z",
        ended_at: "2026-11-25T14:04:00.000Z",
      },
    ]);
    expect(dialog("Correct call times")).toBeTruthy();
    correct.answer(aCard({ state: "on_call", call: endedCall() }));
    await pass();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("refuses what is no time of day, beside the field", async () => {
    const { user, core } = await correcting();
    await user.clear(started());
    await user.type(started(), "25:00{Enter}");
    expect(started().getAttribute("aria-invalid")).toBe("true");
    expect(isDisabled(button("Save times"))).toBe(true);
    expect(core.given("call_correct")).toEqual([]);
  });

  it("stays open with what was typed where the core refuses it", async () => {
    const { user, core } = await correcting();
    core.refuse("call_correct", refusal({ message: "It ends before it starts." }));
    await user.clear(ended());
    await user.type(ended(), "14:00{Enter}");
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("It ends before it starts.");
    expect(ended()).toHaveProperty("value", "14:00");
  });

  it("describes the end by the question, where one is asked", async () => {
    await correcting("This call ran 9 h 0 min. When did it end?");
    expect(document.activeElement).toBe(ended());
    expect(describedBy(ended())).toContain("This call ran 9 h 0 min. When did it end?");
  });
});
