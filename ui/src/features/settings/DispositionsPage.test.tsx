import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../testing/core";
import { pass } from "../../testing/draw";
import { announced, button, describedBy, isDisabled, radio } from "../../testing/met";
import { type Stage, settings } from "../../testing/settings-window";
import {
  anOutcome,
  anOutcomeBook,
  anOutcomeRow,
  aRule,
  someDispositions,
  someStages,
} from "../../testing/snapshots";

const field = (name: string) => screen.getByRole("textbox", { name });
const check = (name: string) => screen.getByRole("checkbox", { name });
const list = (name: string) => screen.getByRole("combobox", { name });

describe("the rule of an outcome", () => {
  const opened = async (stage: Stage = {}) => {
    const drawn = await settings("Dispositions", stage);
    await drawn.user.click(button("Rule of No answer"));
    await pass();
    return drawn;
  };
  const saved = (drawn: Awaited<ReturnType<typeof opened>>) =>
    drawn.core.given("settings_put").map((args) => args.settings.rules);

  it("is shown and hidden by its button, one at a time", async () => {
    const { user } = await opened();
    expect(button("Rule of No answer").getAttribute("aria-expanded")).toBe("true");
    expect(screen.getByRole("group", { name: "Rule of No answer" })).toBeTruthy();
    await user.click(button("Rule of Busy"));
    expect(screen.queryByRole("group", { name: "Rule of No answer" })).toBeNull();
    await user.click(button("Rule of Busy"));
    expect(screen.queryByRole("group", { name: /^Rule of/ })).toBeNull();
  });

  it("saves what becomes of the task, with days that can be changed", async () => {
    const drawn = await opened();
    const { user } = drawn;
    expect(radio("Complete it")).toHaveProperty("checked", true);
    expect(screen.queryByRole("textbox", { name: "Days until the next call" })).toBeNull();
    await user.click(radio("Move it to another day (the sequence waits)"));
    await pass();
    expect(saved(drawn)[0]).toEqual([aRule({ callback_days: 2, callback_how: "move_task" })]);
    const days = field("Days until the next call");
    await user.clear(days);
    await user.type(days, "soon{Enter}");
    expect(describedBy(days)).toContain("Type a whole number of days.");
    await user.clear(days);
    await user.type(days, "7{Enter}");
    await pass();
    expect(saved(drawn)[1]).toEqual([aRule({ callback_days: 7, callback_how: "move_task" })]);
    await user.click(radio("Complete it"));
    await pass();
    expect(saved(drawn)[2]).toEqual([]);
  });

  it("saves each of its other choices beside the rest", async () => {
    const drawn = await opened({
      settings: { rules: [aRule({ outcome: "busy", note_required: true })] },
    });
    const { user } = drawn;
    const busy = aRule({ outcome: "busy", note_required: true });
    await user.click(check("A note is needed"));
    await pass();
    expect(saved(drawn)[0]).toEqual([busy, aRule({ note_required: true })]);
    await user.click(check("Finish the sequence for this contact"));
    await pass();
    await user.selectOptions(list("Stage of the contact"), "Approaching");
    await pass();
    await user.selectOptions(list("The person and the number"), "Are not called again");
    await pass();
    expect(saved(drawn)[3]).toEqual([
      busy,
      aRule({ note_required: true, finish_sequence: true, stage_id: "st2", opts_out: true }),
    ]);
    expect(list("The person and the number")).toHaveProperty("value", "opted_out");
  });

  it("says why it was not saved, beside it", async () => {
    const { user, core } = await opened();
    core.refuse("settings_put", refusal({ message: "The disk is full." }));
    await user.click(check("A note is needed"));
    await pass();
    const rule = screen.getByRole("group", { name: "Rule of No answer" });
    expect(within(rule).getByRole("alert").textContent).toBe("The disk is full.");
    expect(check("A note is needed")).toHaveProperty("checked", false);
  });

  it("keeps a stage that Apollo does not list any more", async () => {
    await opened({ settings: { rules: [aRule({ stage_id: "gone" })] } });
    expect(list("Stage of the contact")).toHaveProperty("value", "gone");
    expect(screen.getByRole("option", { name: "Not in Apollo’s list (gone)" })).toBeTruthy();
  });

  it("says that the stages could not be read, and reads them again", async () => {
    const refused = () => Promise.reject(refusal({ message: "Apollo did not answer." }));
    const { user, core } = await opened({ answers: { stages_get: refused } });
    expect(screen.getByRole("alert").textContent).toContain("Apollo did not answer.");
    core.answer({ stages_get: () => someStages() });
    await user.click(button("Read stages again"));
    await pass();
    expect(list("Stage of the contact")).toBeTruthy();
  });
});

describe("the list of outcomes", () => {
  const names = (label: string) =>
    within(screen.getByRole("list", { name: label }))
      .getAllByRole("listitem")
      .map((item) => within(item).getAllByText(/./, { selector: "strong" })[0]?.textContent);
  const moved = anOutcomeBook({
    rows: [
      anOutcomeRow({ key: "busy", name: "Busy", shortcut: 1 }),
      anOutcomeRow({ shortcut: 2 }),
      anOutcomeRow({ key: "interested", name: "Interested", shortcut: 3 }),
    ],
    undo: "Moved Busy.",
  });

  it("is in the order of the number keys, and its ends cannot be passed", async () => {
    await settings("Dispositions");
    expect(names("Outcomes used now")).toEqual(["No answer", "Busy", "Interested"]);
    expect(isDisabled(button("Move No answer up"))).toBe(true);
    expect(isDisabled(button("Move Interested down"))).toBe(true);
  });

  it("moves an outcome one place, says where it is, and keeps the focus with it", async () => {
    const { user, core } = await settings("Dispositions");
    core.answer({ outcomes_change: () => moved });
    await user.click(button("Move Busy up"));
    await pass();
    expect(core.given("outcomes_change")).toEqual([
      { change: { kind: "move", key: "busy", to: 0 } },
    ]);
    expect(announced()).toBe("Busy is number 1 of 3");
    expect(names("Outcomes used now")).toEqual(["Busy", "No answer", "Interested"]);
    expect(document.activeElement).toBe(button("Move Busy down"));
  });

  it("takes the last change back", async () => {
    const { user, core } = await settings("Dispositions", {
      answers: { outcomes_get: () => moved },
    });
    expect(screen.getByText("Moved Busy.")).toBeTruthy();
    await user.click(button("Undo"));
    await pass();
    expect(core.given("outcomes_change")).toEqual([{ change: { kind: "undo" } }]);
    expect(announced()).toBe("Undone");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });

  it("takes an outcome off, and puts one back", async () => {
    const { user, core } = await settings("Dispositions");
    const rows = anOutcomeBook().rows;
    core.answer({
      outcomes_change: () =>
        anOutcomeBook({ rows: rows.slice(1), removed: rows.slice(0, 1), undo: "Took it off." }),
    });
    await user.click(button("Rule of No answer"));
    await user.click(button("Take off the list"));
    await pass();
    expect(names("Outcomes used now")).toEqual(["Busy", "Interested"]);
    expect(names("Taken off the list")).toEqual(["No answer"]);
    expect(announced()).toBe("Took it off.");
    core.answer({ outcomes_change: () => anOutcomeBook({ undo: "Put it back." }) });
    await user.click(button("Put No answer back"));
    await pass();
    expect(core.given("outcomes_change")[1]).toEqual({
      change: { kind: "put_back", key: "no_answer" },
    });
    expect(screen.queryByRole("list", { name: "Taken off the list" })).toBeNull();
  });

  it("gives an outcome a name of its own, and Apollo’s again where it is emptied", async () => {
    const row = anOutcomeRow({ name: "Nobody", apollo_name: "No Answer" });
    const { user, core } = await settings("Dispositions", {
      answers: {
        outcomes_get: () => anOutcomeBook({ rows: [row] }),
        dispositions_get: () => someDispositions({ outcomes: [anOutcome({ name: "Nobody" })] }),
      },
    });
    core.answer({ outcomes_change: () => anOutcomeBook({ rows: [row], undo: "Renamed it." }) });
    await user.click(button("Rule of Nobody"));
    expect(describedBy(field("Name here"))).toContain("Apollo calls it No Answer.");
    await user.clear(field("Name here"));
    await user.type(field("Name here"), "Rang out{Enter}");
    await pass(1000);
    await user.clear(field("Name here"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("outcomes_change").map((args) => args.change)).toEqual([
      { kind: "rename", key: "no_answer", name: "Rang out" },
      { kind: "rename", key: "no_answer", name: "No Answer" },
    ]);
  });

  it("keeps a name that was refused, and says why beside it", async () => {
    const { user, core } = await settings("Dispositions");
    core.refuse("outcomes_change", refusal({ message: "Busy is called so." }));
    await user.click(button("Rule of No answer"));
    await user.clear(field("Name here"));
    await user.type(field("Name here"), "Busy{Enter}");
    await pass();
    expect(field("Name here")).toHaveProperty("value", "Busy");
    expect(describedBy(field("Name here"))).toContain("Busy is called so.");
  });

  it("has no places and no names where plain words stand in for Apollo’s", async () => {
    const plain = someDispositions({ source: "not_read", hint: "They are read soon." });
    await settings("Dispositions", {
      answers: {
        dispositions_get: () => plain,
        outcomes_get: () => anOutcomeBook({ rows: [] }),
      },
    });
    expect(screen.getByText("They are read soon.")).toBeTruthy();
    expect(names("Outcomes used now")).toEqual(["No answer", "Busy", "Interested"]);
    expect(screen.queryByRole("button", { name: /^Move/ })).toBeNull();
  });
});

describe("the dialog that adds an outcome", () => {
  const ID = "5f2a7c9b1d3e4f60718293a4";
  const adding = async () => {
    const drawn = await settings("Dispositions");
    await drawn.user.click(button("Add outcome…"));
    await pass(50);
    return drawn;
  };
  const fill = async ({ user }: Awaited<ReturnType<typeof adding>>) => {
    await user.click(field("Name"));
    await user.paste(" Voicemail ");
    await user.click(field("Apollo id"));
    await user.paste(ID);
  };
  const given = (is_confirmed: boolean) => ({
    change: { kind: "add", name: "Voicemail", outcome_id: ID, is_confirmed },
  });

  it("wants both a name and an id, and adds them as one command", async () => {
    const drawn = await adding();
    const { user, core } = drawn;
    expect(document.activeElement).toBe(field("Name"));
    expect(isDisabled(button("Add outcome"))).toBe(true);
    core.answer({ outcomes_change: () => anOutcomeBook({ undo: "Added Voicemail." }) });
    await fill(drawn);
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("outcomes_change")).toEqual([given(false)]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(announced()).toBe("Added Voicemail.");
  });

  it("asks where Apollo proves nothing, and keeps it only when told to", async () => {
    const drawn = await adding();
    const { user, core } = drawn;
    core.refuse(
      "outcomes_change",
      refusal({ code: "confirm_outcome", message: "No call has it." }),
    );
    await fill(drawn);
    await user.keyboard("{Enter}");
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("No call has it.");
    await user.click(field("Name"));
    await user.keyboard("{Enter}");
    expect(core.given("outcomes_change")).toEqual([given(false)]);
    core.answer({ outcomes_change: () => anOutcomeBook() });
    await user.click(button("Keep it anyway"));
    await pass();
    expect(core.given("outcomes_change")[1]).toEqual(given(true));
  });

  it("asks anew of another id, since what was asked was asked of the one before", async () => {
    const drawn = await adding();
    const { user, core } = drawn;
    core.refuse(
      "outcomes_change",
      refusal({ code: "confirm_outcome", message: "No call has it." }),
    );
    await fill(drawn);
    await user.keyboard("{Enter}");
    await pass();
    await user.type(field("Apollo id"), "5");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(button("Add outcome")).toBeTruthy();
  });

  it("stays open with what was typed where it is refused", async () => {
    const drawn = await adding();
    const { user, core } = drawn;
    core.refuse("outcomes_change", refusal({ code: "invalid", message: "That is no id." }));
    await fill(drawn);
    await user.keyboard("{Enter}");
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("That is no id.");
    expect(field("Apollo id")).toHaveProperty("value", ID);
    expect(isDisabled(button("Add outcome"))).toBe(false);
  });
});
