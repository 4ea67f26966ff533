import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Receipt } from "../../generated/Receipt";
import { type Answers, refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { announced, button, isDisabled, radio } from "../../testing/met";
import {
  aForm,
  aReceipt,
  aStep,
  someContent,
  someDispositions,
  someReceipts,
} from "../../testing/snapshots";
import { ExportDay } from "./ExportDay";
import { ReceiptActions } from "./ReceiptActions";

function actions(receipt: Partial<Receipt> = {}, answers: Answers = {}) {
  return draw(
    <AtWork view="calls">
      <ReceiptActions receipt={aReceipt(receipt)} />
    </AtWork>,
    {
      receipt_content: () => someContent(),
      dispositions_get: () => someDispositions(),
      receipt_correct: () => someReceipts(),
      receipt_discard: () => someReceipts(),
      ...answers,
    },
  );
}

const note = () => screen.getByRole("textbox", { name: "Note" });

describe("what can be done about a call", () => {
  it("is what the core says makes sense, and nothing else", async () => {
    await actions({ can_edit: false, can_discard: false });
    expect(screen.queryAllByRole("button")).toEqual([]);
  });

  it("copies the note, which is read for it, and says so", async () => {
    const { user, core } = await actions({ can_copy_note: true });
    const copy = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    expect(core.given("receipt_content")).toEqual([]);
    await user.click(button("Copy note"));
    await pass();
    expect(core.given("receipt_content")).toEqual([{ wrap_up_id: "w1" }]);
    expect(copy.mock.calls).toEqual([["Rang twice"]]);
    expect(announced()).toBe("Copied the note");
  });

  it("says so where the note cannot be copied", async () => {
    const { user } = await actions({ can_copy_note: true });
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
    await user.click(button("Copy note"));
    await pass();
    expect(announced()).toBe("The note could not be copied");
  });

  it("sends it again once, and says why where that is refused", async () => {
    const { user, core } = await actions({ can_retry: true });
    const retry = core.hold("receipt_retry");
    await user.dblClick(button("Try again"));
    expect(core.given("receipt_retry")).toEqual([{ wrap_up_id: "w1" }]);
    retry.refuse(refusal({ message: "Apollo does not answer." }));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("Apollo does not answer.");
  });

  it("confirms that Apollo holds this one", async () => {
    const { user, core } = await actions({ can_confirm: true });
    core.answer({ receipt_confirm: () => someReceipts() });
    await user.click(button("It is this one"));
    await pass();
    expect(core.given("receipt_confirm")).toEqual([{ wrap_up_id: "w1" }]);
  });
});

describe("the dialog that edits a call", () => {
  const editing = async (receipt: Partial<Receipt> = {}, answers: Answers = {}) => {
    const drawn = await actions(receipt, answers);
    await drawn.user.click(button("Edit…"));
    await pass(50);
    return drawn;
  };
  const isOpen = () => screen.queryByRole("dialog", { name: "Edit call" }) !== null;

  it("shows what was saved, with the caret behind the last word, and saves nothing unchanged", async () => {
    const { user, core } = await editing();
    expect(radio("No answer")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(note());
    expect(note()).toHaveProperty("value", "Rang twice");
    expect(note()).toHaveProperty("selectionStart", "Rang twice".length);
    expect(isDisabled(button("Save changes"))).toBe(true);
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(core.given("receipt_correct")).toEqual([]);
  });

  it("saves outcome and note with the rest of the form as it was, and closes", async () => {
    const form = aForm({
      outcome: "no_answer",
      purpose_id: "p1",
      note: "Rang",
      callback: { at: "2026-11-26T09:00:00.000Z", how: "new_task" },
    });
    const { user, core } = await editing({}, { receipt_content: () => someContent({ form }) });
    await user.click(radio("Busy"));
    await user.type(note(), " twice");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await pass();
    expect(core.given("receipt_correct")).toEqual([
      { wrap_up_id: "w1", form: { ...form, outcome: "busy", note: "Rang twice" } },
    ]);
    expect(isOpen()).toBe(false);
    expect(announced()).toBe("Saved the changes");
  });

  it("stays open with every word where the change is refused", async () => {
    const { user, core } = await editing();
    core.refuse("receipt_correct", refusal({ message: "Apollo refused it.", hint: "Try later." }));
    await user.type(note(), "!");
    await user.click(button("Save changes"));
    await pass();
    expect(isOpen()).toBe(true);
    expect(screen.getByRole("alert").textContent).toBe("Apollo refused it. Try later.");
    expect(note()).toHaveProperty("value", "Rang twice!");
  });

  it("says whether the record in Apollo is changed", async () => {
    await editing({ steps: [aStep({ state: "sent" })] });
    expect(screen.getByText(/Handset changes the record in Apollo/)).toBeTruthy();
  });

  it("can be left while the call is read, and where it cannot be read", async () => {
    const { user, core } = await actions();
    const reading = core.hold("receipt_content");
    await user.click(button("Edit…"));
    await pass(50);
    expect(screen.getByText("Reading the call…")).toBeTruthy();
    expect(document.activeElement).toBe(button("Cancel"));
    reading.refuse(refusal({ message: "Apollo did not answer." }));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("Apollo did not answer.");
    core.answer({ receipt_content: () => someContent() });
    await user.click(button("Try again"));
    await pass();
    expect(note()).toHaveProperty("value", "Rang twice");
    await user.click(button("Cancel"));
    expect(isOpen()).toBe(false);
  });

  it("keeps the content of a call no longer than it is shown", async () => {
    const { user, client } = await editing();
    const cached = () =>
      JSON.stringify(
        client
          .getQueryCache()
          .getAll()
          .map((one) => one.state.data),
      );
    expect(cached()).toContain("Rang twice");
    await user.keyboard("{Escape}");
    await pass();
    expect(cached()).not.toContain("Rang twice");
  });
});

describe("the dialog that discards a call", () => {
  const discarding = async (receipt: Partial<Receipt> = {}) => {
    const drawn = await actions(receipt);
    await drawn.user.click(button("Discard…"));
    await pass(50);
    return drawn;
  };
  const asking = (what = "call") =>
    screen.queryByRole("alertdialog", { name: `Discard this ${what}?` });

  it("says what is given up and what stays, and keeps the call unless one goes on", async () => {
    const { user, core } = await discarding({ can_copy_note: true });
    expect(asking()?.textContent).toContain("Given up: Task completed. The note is not kept");
    expect(asking()?.textContent).toContain("Stays in Apollo: Call logged.");
    expect(document.activeElement).toBe(button("Keep call"));
    await user.keyboard("{Enter}");
    expect(asking()).toBeNull();
    expect(core.given("receipt_discard")).toEqual([]);
  });

  it("wants a reason, and discards with it", async () => {
    const { user, core } = await discarding();
    expect(isDisabled(button("Discard call"))).toBe(true);
    await user.click(radio("It is there twice"));
    await user.click(button("Discard call"));
    await pass();
    expect(core.given("receipt_discard")).toEqual([{ wrap_up_id: "w1", reason: "duplicate" }]);
    expect(asking()).toBeNull();
    expect(announced()).toBe("Discarded the call");
  });

  it("stays open with the reason where it is refused", async () => {
    const { user, core } = await discarding();
    core.refuse("receipt_discard", refusal({ message: "It is being sent." }));
    await user.click(radio("Wrong person"));
    await user.click(button("Discard call"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("It is being sent.");
    expect(radio("Wrong person")).toHaveProperty("checked", true);
  });

  it("calls a skip a skip", async () => {
    await discarding({ kind: "skip" });
    expect(asking("skip")).not.toBeNull();
    expect(button("Discard skip")).toBeTruthy();
    expect(button("Keep skip")).toBeTruthy();
  });
});

describe("the dialog that exports the day", () => {
  const exporting = (onClose = vi.fn()) =>
    draw(
      <AtWork view="calls">
        <ExportDay isOpen onClose={onClose} />
      </AtWork>,
      { receipts_export: () => ({ path: "/home/robin/day.csv", calls: 1200 }) },
    );

  it("writes no notes unless they are asked for, and says where the file is", async () => {
    const { user, core } = await exporting();
    expect(document.activeElement).toBe(button("Write file"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("receipts_export")).toEqual([{ with_notes: false }]);
    expect(screen.getByText("/home/robin/day.csv")).toBeTruthy();
    expect(screen.getByText("1,200 calls are in this file:")).toBeTruthy();
  });

  it("writes notes where they are asked for, and copies the path", async () => {
    const { user, core } = await exporting();
    await user.click(screen.getByRole("checkbox", { name: "With notes" }));
    await user.click(button("Write file"));
    await pass();
    expect(core.given("receipts_export")).toEqual([{ with_notes: true }]);
    const copy = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await user.click(button("Copy path"));
    await pass();
    expect(copy.mock.calls).toEqual([["/home/robin/day.csv"]]);
    expect(announced()).toBe("Copied the path");
  });

  it("says why no file was written, and keeps what was asked for", async () => {
    const { user, core } = await exporting();
    core.refuse("receipts_export", refusal({ message: "The folder cannot be written." }));
    await user.click(screen.getByRole("checkbox", { name: "With notes" }));
    await user.click(button("Write file"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("The folder cannot be written.");
    expect(screen.getByRole("checkbox", { name: "With notes" })).toHaveProperty("checked", true);
  });

  it("is closed by Cancel and by Escape", async () => {
    const onClose = vi.fn();
    const { user } = await exporting(onClose);
    await user.click(button("Cancel"));
    await user.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledTimes(2);
  });
});
