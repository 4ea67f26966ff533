import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../generated/Settings";
import type { Status } from "../../generated/Status";
import { type Answers, refusal } from "../../testing/core";
import { draw, pass } from "../../testing/draw";
import {
  anOutcome,
  anOutcomeBook,
  anOutcomeRow,
  aRule,
  aSettingsView,
  aStatus,
  someDispositions,
  someSettings,
  someStages,
} from "../../testing/snapshots";
import { SettingsWindow } from "./SettingsWindow";

interface Stage {
  settings?: Partial<Settings>;
  status?: Partial<Status>;
  answers?: Answers;
}

/** The settings window on one of its pages, over a core that keeps what is saved. */
async function settings(page: string, { settings, status, answers }: Stage = {}) {
  const drawn = await draw(<SettingsWindow />, {
    settings_get: () => aSettingsView(settings),
    status_get: () => aStatus(status),
    settings_put: (args) => aSettingsView(args.settings),
    dispositions_get: () => someDispositions(),
    outcomes_get: () => anOutcomeBook(),
    outcomes_change: () => anOutcomeBook(),
    stages_get: () => someStages(),
    ...answers,
  });
  await drawn.user.click(screen.getByRole("tab", { name: page }));
  await pass();
  return drawn;
}

const tab = (name: string) => screen.getByRole("tab", { name });
const button = (name: string) => screen.getByRole("button", { name });
const field = (name: string) => screen.getByRole("textbox", { name });
const radio = (name: string) => screen.getByRole("radio", { name });
const check = (name: string) => screen.getByRole("checkbox", { name });
const list = (name: string) => screen.getByRole("combobox", { name });
const said = () => screen.getByRole("status", { name: "Announcements" }).textContent;
const isDisabled = (element: HTMLElement) => (element as HTMLButtonElement).disabled;
const describedBy = (element: HTMLElement) =>
  (element.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .join(" ");

describe("the settings window", () => {
  it("is a list of pages that arrow keys walk through", async () => {
    const { user } = await settings("Connection");
    expect(screen.getByRole("tablist", { name: "Settings" })).toBeTruthy();
    expect(screen.getAllByRole("tab").map((one) => one.textContent)).toEqual([
      "Connection",
      "Dispositions",
      "Calling hours",
      "Dialing",
      "Data on this machine",
      "About",
    ]);
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(tab("Calling hours").getAttribute("aria-selected")).toBe("true");
    expect(screen.getByRole("tabpanel", { name: "Calling hours" })).toBeTruthy();
  });

  it("says why the settings cannot be read, and reads them again", async () => {
    const refused = () => Promise.reject(refusal({ message: "The file is damaged." }));
    const { user, core } = await draw(<SettingsWindow />, {
      settings_get: refused,
      status_get: () => aStatus(),
    });
    expect(screen.getByRole("alert").textContent).toContain("The file is damaged.");
    core.answer({ settings_get: () => aSettingsView() });
    await user.click(button("Try again"));
    await pass();
    expect(field("Apollo address")).toHaveProperty("value", "https://api.apollo.io");
  });
});

describe("every field of the settings", () => {
  const EVERY = [
    [
      "Connection",
      "Apollo address",
      "https://other.example",
      { apollo_origin: "https://other.example" },
    ],
    [
      "Calling hours",
      "Opens",
      "09:30",
      { calling_hours: { opens: "09:30", closes: "20:00", outside: "block" } },
    ],
    [
      "Calling hours",
      "Closes",
      "18:00",
      { calling_hours: { opens: "08:00", closes: "18:00", outside: "block" } },
    ],
    ["Dialing", "Phone app link", "app:call", { dial_template: "app:call" }],
    [
      "Dialing",
      "Numbers that are never called",
      "+1900; +44",
      { destinations: { allowed: ["+4484"], forbidden: ["+1900", "+44"] } },
    ],
    [
      "Dialing",
      "Numbers that are called without a question",
      "+4484, ,+4487",
      { destinations: { allowed: ["+4484", "+4487"], forbidden: ["+1900", "+979"] } },
    ],
    ["Dialing", "Undo time in seconds", "10", { undo_s: 10 }],
    ["Data on this machine", "Days to keep ids of logged calls", "30", { retention_days: 30 }],
  ] as const satisfies readonly (readonly [string, string, string, unknown])[];

  it.each(EVERY)("%s: %s is saved when it is left, with all else as it was", async (...row) => {
    const [page, name, typed, change] = row;
    const { user, core } = await settings(page);
    await user.clear(field(name));
    await user.click(field(name));
    await user.paste(typed);
    expect(core.given("settings_put")).toEqual([]);
    await user.tab();
    await pass();
    expect(core.given("settings_put")).toEqual([{ settings: { ...someSettings(), ...change } }]);
    expect(said()).toBe("Saved");
  });

  it.each(EVERY)(
    "%s: %s keeps what was refused, and says why beside it",
    async (page, name, typed) => {
      const { user, core } = await settings(page);
      core.refuse("settings_put", refusal({ message: "Not so.", hint: "Like this." }));
      await user.clear(field(name));
      await user.click(field(name));
      await user.paste(typed);
      await user.keyboard("{Enter}");
      await pass();
      expect(field(name)).toHaveProperty("value", typed);
      expect(field(name).getAttribute("aria-invalid")).toBe("true");
      expect(describedBy(field(name))).toContain("Not so. Like this.");
      expect(said()).toBe("");
    },
  );

  it.each([
    ["Dialing", "Undo time in seconds", "A whole number of seconds, please."],
    ["Data on this machine", "Days to keep ids of logged calls", "A whole number of days, please."],
  ])("%s: %s is no number, so nothing is saved", async (page, name, problem) => {
    const { user, core } = await settings(page);
    await user.clear(field(name));
    await user.type(field(name), "1.5{Enter}");
    expect(describedBy(field(name))).toContain(problem);
    expect(core.given("settings_put")).toEqual([]);
  });

  it("is not saved by a look at it, nor when what was typed is what is there", async () => {
    const { user, core } = await settings("Calling hours");
    await user.click(field("Opens"));
    await user.tab();
    await user.type(field("Opens"), "x{Backspace}");
    await user.tab();
    expect(core.given("settings_put")).toEqual([]);
  });

  it("shows what the core made of it, once it is saved", async () => {
    const { user } = await settings("Calling hours");
    await user.clear(field("Opens"));
    await user.type(field("Opens"), "09:30 {Enter}");
    await pass();
    expect(field("Opens")).toHaveProperty("value", "09:30");
    expect(field("Closes")).toHaveProperty("value", "20:00");
  });
});

describe("the page on the connection", () => {
  it("says where the key is, as whom it acts and who one is", async () => {
    await settings("Connection", { status: { key_storage: "this_run" } });
    const page = screen.getByRole("tabpanel", { name: "Connection" });
    expect(page.textContent).toContain("In memory only. It is gone when Handset quits.");
    expect(page.textContent).toContain("Ada Admin");
    expect(page.textContent).toContain("Robin Rep");
  });

  it("lets nobody change an address that is fixed, and says why", async () => {
    const view = aSettingsView({}, { origin_fixed_because: "Sample data has no other address." });
    await settings("Connection", { answers: { settings_get: () => view } });
    expect(isDisabled(field("Apollo address"))).toBe(true);
    expect(describedBy(field("Apollo address"))).toContain("Sample data has no other address.");
  });

  it("asks who one is anew, where somebody is chosen", async () => {
    const { user, core } = await settings("Connection");
    core.answer({ rep_change: () => aStatus({ rep: null }) });
    await user.click(button("Change who I am"));
    await pass();
    expect(core.given("rep_change")).toHaveLength(1);
    expect(isDisabled(button("Change who I am"))).toBe(true);
  });

  it.each(["none", "sandbox"] as const)("has no key to forget (%s)", async (key_storage) => {
    await settings("Connection", { status: { key_storage } });
    expect(isDisabled(button("Forget key…"))).toBe(true);
  });

  it("asks before the key is forgotten, and keeps it unless one goes on", async () => {
    const { user, core } = await settings("Connection", { status: { unsent: 2 } });
    await user.click(button("Forget key…"));
    await pass(50);
    const question = screen.getByRole("alertdialog", { name: "Forget the key?" });
    expect(question.textContent).toContain("2 calls are unsent. They stay safe here");
    expect(document.activeElement).toBe(button("Keep key"));
    await user.keyboard("{Enter}");
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(core.given("key_forget")).toEqual([]);
  });

  it("shows the proof that the key is gone, and asks anew the next time", async () => {
    const { user, core } = await settings("Connection");
    core.answer({
      key_forget: () => ({ proven_gone: true, sentence: "The keychain holds none." }),
    });
    await user.click(button("Forget key…"));
    await user.click(button("Forget key"));
    await pass();
    expect(screen.getByText("The keychain holds none.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Forget key" })).toBeNull();
    await user.click(button("Close"));
    await user.click(button("Forget key…"));
    expect(button("Forget key")).toBeTruthy();
  });

  it("says why the key could not be forgotten", async () => {
    const { user, core } = await settings("Connection");
    core.refuse("key_forget", refusal({ message: "The keychain is locked." }));
    await user.click(button("Forget key…"));
    await user.click(button("Forget key"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("The keychain is locked.");
    expect(button("Keep key")).toBeTruthy();
  });
});

describe("the page on calling hours", () => {
  it("saves at once what is done outside of them, or says why not", async () => {
    const { user, core } = await settings("Calling hours");
    await user.click(radio("Ask each time"));
    await pass();
    expect(core.given("settings_put")[0]?.settings.calling_hours.outside).toBe("ask");
    expect(radio("Ask each time")).toHaveProperty("checked", true);
    core.refuse("settings_put", refusal({ message: "The disk is full." }));
    await user.click(radio("Do not call"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("The disk is full.");
    expect(radio("Ask each time")).toHaveProperty("checked", true);
  });
});

describe("the page on dialing", () => {
  it("hands a test number over and says so", async () => {
    const { user, core } = await settings("Dialing");
    const dialing = core.hold("dial_test");
    await user.click(button("Test dial"));
    await user.click(button("Test dial"));
    expect(core.given("dial_test")).toHaveLength(1);
    dialing.answer(null);
    await pass();
    expect(said()).toBe("Test number handed over");
    expect(screen.getByText(/The test number was handed over/)).toBeTruthy();
  });

  it("says why no phone app took it", async () => {
    const { user, core } = await settings("Dialing");
    core.refuse(
      "dial_test",
      refusal({ message: "Nothing opens tel: links.", hint: "Choose one." }),
    );
    await user.click(button("Test dial"));
    await pass();
    expect(screen.getByRole("alert").textContent).toBe("Nothing opens tel: links. Choose one.");
  });
});

describe("the pages on data and about Handset", () => {
  it("say what is stored and where", async () => {
    await settings("Data on this machine");
    const stored = screen.getByRole("list", { name: "What is stored" });
    expect(stored.textContent).toBe("12 ids of logged calls.");
    expect(screen.getByText("/home/robin/.local/share/handset")).toBeTruthy();
  });

  it("open the folder of the logs, or say why not", async () => {
    const { user, core } = await settings("About", { answers: { logs_open: () => null } });
    await user.click(button("Open logs"));
    expect(core.given("logs_open")).toHaveLength(1);
    await pass(1000);
    core.refuse("logs_open", refusal({ message: "There is no folder." }));
    await user.click(button("Open logs"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("There is no folder.");
  });
});

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
    expect(describedBy(days)).toContain("A whole number of days, please.");
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
    expect(said()).toBe("Busy is number 1 of 3");
    expect(names("Outcomes used now")).toEqual(["Busy", "No answer", "Interested"]);
    expect(document.activeElement).toBe(button("Move Busy down"));
  });

  it("takes the last act back", async () => {
    const { user, core } = await settings("Dispositions", {
      answers: { outcomes_get: () => moved },
    });
    expect(screen.getByText("Moved Busy.")).toBeTruthy();
    await user.click(button("Undo"));
    await pass();
    expect(core.given("outcomes_change")).toEqual([{ change: { kind: "undo" } }]);
    expect(said()).toBe("Undone");
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
    expect(said()).toBe("Took it off.");
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
    const plainWords = someDispositions({ source: "not_read", hint: "They are read soon." });
    await settings("Dispositions", {
      answers: {
        dispositions_get: () => plainWords,
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
    expect(said()).toBe("Added Voicemail.");
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
