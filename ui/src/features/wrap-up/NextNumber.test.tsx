import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Card } from "../../generated/Card";
import type { Dispositions } from "../../generated/Dispositions";
import { type Answers, refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { announced, button } from "../../testing/met";
import {
  aCard,
  aForm,
  anOutcome,
  aPhone,
  aQueue,
  aSettingsView,
  endedCall,
  onCall,
  theNextCard,
} from "../../testing/snapshots";
import { CardPane } from "../card/CardPane";
import { OpenQueueProvider } from "../queue/open-queue";
import { WrapUpPane } from "./WrapUpPane";

const OFFICE = aPhone({ index: 0, display: "+1 202-555-0143", kind: "work" });
const MOBILE = aPhone({ index: 1, display: "+1 202-555-0177", kind: "mobile" });

const OUTCOMES: Dispositions = {
  outcomes: [
    anOutcome({ key: "connected", name: "Connected", shortcut: 1 }),
    anOutcome({ key: "no_answer", name: "No answer", shortcut: 2, number_was: "not_answered" }),
    anOutcome({ key: "wrong", name: "Wrong number", shortcut: 3, number_was: "bad" }),
  ],
  earlier: [],
  source: "apollo",
  hint: null,
};

const tried = (): Card =>
  aCard({ phones: [{ ...OFFICE, history: "Tried at 15:05: No answer" }, MOBILE], was_tried: true });

interface Stage {
  card?: Partial<Card>;
  dispositions?: Dispositions;
  answers?: Answers;
}

async function work({ card = {}, dispositions = OUTCOMES, answers = {} }: Stage = {}) {
  let now: Card = aCard({
    state: "on_call",
    phones: [OFFICE, MOBILE],
    call: onCall(),
    next_number: 1,
    ...card,
  });
  return draw(
    <AtWork>
      <OpenQueueProvider queue={aQueue()}>
        <CardPane />
        <WrapUpPane />
      </OpenQueueProvider>
    </AtWork>,
    {
      card_get: ({ task_id }) => (task_id === "t1" ? now : theNextCard()),
      settings_get: () => aSettingsView(),
      dispositions_get: () => dispositions,
      draft_save: () => null,
      try_save: () => {
        now = tried();
        return now;
      },
      call_dial: ({ phone }) => {
        now = aCard({ ...now, state: "on_call", call: onCall() });
        expect(phone).toBe(1);
        return now;
      },
      ...answers,
    },
  );
}

const form = (outcome: string, note = "") => aForm({ outcome, note });

describe("another number of the same person", () => {
  it("is called with one key, once the call is logged as not answered", async () => {
    const { user, core } = await work();
    expect(button("No answer, then call +1 202-555-0177")).toBeTruthy();
    await user.keyboard("t");
    await pass();
    expect(core.given("try_save")).toEqual([{ task_id: "t1", form: form("no_answer") }]);
    expect(core.given("call_dial")).toEqual([{ task_id: "t1", phone: 1, confirmed: false }]);
    expect(announced()).toBe("Call started: Dana Example");
  });

  it("is called with another key, once the first is logged as a bad number", async () => {
    const { user, core } = await work({ card: { call: endedCall(), state: "open" } });
    await user.keyboard("d");
    await pass();
    expect(core.given("try_save")).toEqual([{ task_id: "t1", form: form("wrong") }]);
    expect(core.given("call_dial")).toHaveLength(1);
  });

  it("is called after the outcome that was chosen, with the note, and the form is empty then", async () => {
    const { user, core } = await work();
    await user.keyboard("1");
    await user.keyboard("Ask for Ivo");
    await user.click(button("Connected, then call +1 202-555-0177"));
    await pass();
    expect(core.given("try_save")).toEqual([
      { task_id: "t1", form: form("connected", "Ask for Ivo") },
    ]);
    expect(screen.getByRole("textbox", { name: "Note" })).toHaveProperty("value", "");
    expect(screen.queryByRole("radio", { checked: true })).toBeNull();
  });

  it("is not called when the call could not be logged, and every word is there", async () => {
    const refused = refusal({ code: "not_saved", message: "The disk is full." });
    const { user, core } = await work({ answers: { try_save: () => Promise.reject(refused) } });
    await user.keyboard("n");
    await user.keyboard("Rang out");
    await user.keyboard("{Control>}t{/Control}");
    await pass();
    expect(core.given("call_dial")).toEqual([]);
    expect(screen.getByText(/The disk is full\./)).toBeTruthy();
    expect(screen.getByRole("textbox", { name: "Note" })).toHaveProperty("value", "Rang out");
  });

  it.each<[string, Stage]>([
    ["there is none", { card: { next_number: null } }],
    ["nobody was called", { card: { call: { state: "not_dialed" }, next_number: null } }],
    [
      "no outcome says so",
      { dispositions: { ...OUTCOMES, outcomes: OUTCOMES.outcomes.slice(0, 1) } },
    ],
  ])("is not offered where %s", async (_, stage) => {
    const { user, core } = await work(stage);
    expect(screen.queryByRole("group", { name: "Another number" })).toBeNull();
    await user.keyboard("td");
    expect(core.given("try_save")).toEqual([]);
  });

  it("need not be called: the tried task is completed as it is", async () => {
    const { user, core } = await work({
      card: { ...tried(), call: { state: "not_dialed" }, next_number: null },
      answers: {
        task_skip: () => ({ wrap_up_id: "w1", undo_until: null, next: "t2" }),
      },
    });
    expect(screen.getByText("Tried at 15:05: No answer")).toBeTruthy();
    await user.click(button("Complete and next"));
    await pass();
    expect(core.given("task_skip")).toEqual([{ task_id: "t1", reason: "tried", note: "" }]);
    expect(announced()).toBe("Completed the task of Dana Example");
  });
});
