import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../testing/core";
import { draw, pass } from "../../testing/draw";
import { announced, button, describedBy, isDisabled, radio } from "../../testing/met";
import { settings } from "../../testing/settings-window";
import { aSettingsView, aStatus, someSettings } from "../../testing/snapshots";
import { SettingsWindow } from "./SettingsWindow";

const tab = (name: string) => screen.getByRole("tab", { name });
const field = (name: string) => screen.getByRole("textbox", { name });

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
      "Updates",
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
    expect(announced()).toBe("Saved");
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
      expect(announced()).toBe("");
    },
  );

  it.each([
    ["Dialing", "Undo time in seconds", "Type a whole number of seconds."],
    ["Data on this machine", "Days to keep ids of logged calls", "Type a whole number of days."],
  ])("%s: %s is no number, so nothing is saved", async (page, name, problem) => {
    const { user, core } = await settings(page);
    await user.clear(field(name));
    await user.type(field(name), "1.5{Enter}");
    expect(describedBy(field(name))).toContain(problem);
    expect(core.given("settings_put")).toEqual([]);
  });

  it("is not saved when it is only visited, nor when the typed text is the saved one", async () => {
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
    expect(page.textContent).toContain("The key is in memory only. It is gone when Handset quits.");
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
    expect(announced()).toBe("Test number handed over");
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

  it.each([
    ["A library\nIts license.", "Its license."],
    [null, "The licenses are part of an installed Handset."],
  ])("show the licenses %j", async (text, shown) => {
    const { user } = await settings("About", { answers: { licenses_get: () => ({ text }) } });
    await user.click(button("Licenses of libraries…"));
    await pass();
    expect(screen.getByRole("dialog", { name: "Licenses of libraries" }).textContent).toContain(
      shown,
    );
    await user.click(button("Close"));
    await pass();
    expect(screen.queryByRole("dialog")).toBeNull();
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
