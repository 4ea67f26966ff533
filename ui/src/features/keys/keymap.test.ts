import { describe, expect, it } from "vitest";
import { actionFor, type Pressed, type Where } from "./keymap";

const NOWHERE: Where = { inText: false, onControl: false, onArrows: false };
const NOTE: Where = { ...NOWHERE, inText: true, onControl: true };

function press(key: string, more: Partial<Pressed> = {}): Pressed {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

describe("the key map", () => {
  it.each([
    ["j", "down"],
    ["k", "up"],
    ["e", "end"],
    ["n", "note"],
    ["s", "skip"],
    ["b", "callback"],
    ["z", "undo"],
    ["p", "previous"],
    ["/", "search"],
    ["r", "receipts"],
    ["Enter", "call"],
    ["Escape", "back"],
    ["3", "outcome-3"],
  ])("gives %s its meaning outside text fields", (key, action) => {
    expect(actionFor(press(key), NOWHERE, false)).toBe(action);
  });

  it.each(["j", "e", "n", "s", "b", "z", "3", "?", "/", "Enter"])(
    "leaves %s to the note",
    (key) => {
      expect(actionFor(press(key), NOTE, false)).toBeNull();
    },
  );

  it.each([
    ["e", "end"],
    ["s", "skip"],
    ["b", "callback"],
    ["3", "outcome-3"],
    ["Enter", "save"],
    ["k", "palette"],
    [",", "settings"],
    ["j", "down"],
  ])("lets Ctrl+%s act in the note", (key, action) => {
    expect(actionFor(press(key, { ctrlKey: true }), NOTE, false)).toBe(action);
  });

  it("undoes a save with Ctrl+Z outside text fields, and leaves it to the text inside them", () => {
    expect(actionFor(press("z", { ctrlKey: true }), NOWHERE, false)).toBe("undo");
    expect(actionFor(press("z", { metaKey: true }), NOWHERE, true)).toBe("undo");
    expect(actionFor(press("z", { ctrlKey: true }), NOTE, false)).toBeNull();
    expect(actionFor(press("Z", { ctrlKey: true, shiftKey: true }), NOWHERE, false)).toBeNull();
  });

  it("uses ⌘ and not Ctrl on a Mac, where Ctrl+E moves in the text", () => {
    expect(actionFor(press("e", { metaKey: true }), NOTE, true)).toBe("end");
    expect(actionFor(press("e", { ctrlKey: true }), NOTE, true)).toBeNull();
  });

  it("never dials with Enter when a control has the focus", () => {
    expect(actionFor(press("Enter"), { ...NOWHERE, onControl: true }, false)).toBeNull();
  });

  it("leaves arrows to a list that moves by itself", () => {
    expect(actionFor(press("ArrowDown"), { ...NOWHERE, onArrows: true }, false)).toBeNull();
    expect(actionFor(press("ArrowDown"), NOWHERE, false)).toBe("down");
  });

  it("finds the digits on a layout that has them on Shift", () => {
    expect(actionFor(press("&", { code: "Digit1" }), NOWHERE, false)).toBe("outcome-1");
    expect(actionFor(press("!", { code: "Digit1", shiftKey: true }), NOWHERE, false)).toBeNull();
  });

  it("leaves combinations with Alt to the system", () => {
    expect(actionFor(press("e", { altKey: true }), NOWHERE, false)).toBeNull();
  });

  it("takes capital letters as nothing, but ? as the list of keys", () => {
    expect(actionFor(press("S", { shiftKey: true }), NOWHERE, false)).toBeNull();
    expect(actionFor(press("?", { shiftKey: true }), NOWHERE, false)).toBe("keys");
  });
});
