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
  ])("lets Ctrl+%s work in the note", (key, action) => {
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

  it.each([
    // Russian, Greek, Hebrew, Arabic, Thai: what the same keys write there.
    ["о", "KeyJ", "down"],
    ["л", "KeyK", "up"],
    ["т", "KeyN", "note"],
    ["у", "KeyE", "end"],
    ["ы", "KeyS", "skip"],
    ["к", "KeyR", "receipts"],
    ["ξ", "KeyJ", "down"],
    ["κ", "KeyK", "up"],
    ["ח", "KeyJ", "down"],
    ["ל", "KeyK", "up"],
    ["מ", "KeyN", "note"],
    ["ק", "KeyE", "end"],
    ["ד", "KeyS", "skip"],
    ["ت", "KeyJ", "down"],
    ["ظ", "Slash", "search"],
    ["่", "KeyJ", "down"],
    ["ｊ", "KeyJ", "down"],
  ])("takes %s by its place %s, since it is not Latin", (key, code, action) => {
    expect(actionFor(press(key, { code }), NOWHERE, false)).toBe(action);
    expect(actionFor(press(key, { code }), NOTE, false)).toBeNull();
  });

  it.each([
    ["л", "KeyK", "palette"],
    ["ל", "KeyK", "palette"],
    ["б", "Comma", "settings"],
    ["ת", "Comma", "settings"],
    ["у", "KeyE", "end"],
    ["я", "KeyZ", null],
  ])("takes Ctrl+%s in the note by its place", (key, code, action) => {
    expect(actionFor(press(key, { code, ctrlKey: true }), NOTE, false)).toBe(action);
  });

  it("takes back with Ctrl+я outside text fields, and shows the keys with Shift on an Arabic slash", () => {
    expect(actionFor(press("я", { code: "KeyZ", ctrlKey: true }), NOWHERE, false)).toBe("undo");
    expect(actionFor(press("؟", { code: "Slash", shiftKey: true }), NOWHERE, false)).toBe("keys");
    expect(actionFor(press("Л", { code: "KeyK", shiftKey: true }), NOWHERE, false)).toBeNull();
  });

  it("goes by the character wherever it is Latin, not by the place", () => {
    // Dvorak and AZERTY: another letter stands there.
    expect(actionFor(press("h", { code: "KeyJ" }), NOWHERE, false)).toBeNull();
    expect(actionFor(press("j", { code: "KeyC" }), NOWHERE, false)).toBe("down");
    expect(actionFor(press("é", { code: "KeyE" }), NOWHERE, false)).toBeNull();
    expect(actionFor(press("ş", { code: "KeyS" }), NOWHERE, false)).toBeNull();
    expect(actionFor(press("/", { code: "KeyQ" }), NOWHERE, false)).toBe("search");
  });

  it("leaves the text's own keys to the text: Ctrl with an arrow goes by paragraphs there", () => {
    for (const key of ["ArrowDown", "ArrowUp"]) {
      expect(actionFor(press(key, { ctrlKey: true }), NOTE, false)).toBeNull();
      expect(actionFor(press(key, { metaKey: true }), NOTE, true)).toBeNull();
    }
    expect(actionFor(press("ArrowDown", { ctrlKey: true }), NOWHERE, false)).toBe("down");
  });

  it("leaves combinations with Alt to the system", () => {
    expect(actionFor(press("e", { altKey: true }), NOWHERE, false)).toBeNull();
  });

  it("takes capital letters as nothing, but ? as the list of keys", () => {
    expect(actionFor(press("S", { shiftKey: true }), NOWHERE, false)).toBeNull();
    expect(actionFor(press("?", { shiftKey: true }), NOWHERE, false)).toBe("keys");
  });
});
