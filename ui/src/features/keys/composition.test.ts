import { describe, expect, it } from "vitest";
import { isOfInputMethod, SAME_PRESS_MS } from "./composition";

function key(more: Partial<Parameters<typeof isOfInputMethod>[0]> = {}) {
  return { isComposing: false, keyCode: 13, key: "Enter", timeStamp: 1000, ...more };
}

describe("a key of an input method", () => {
  it.each([
    ["isComposing", key({ isComposing: true })],
    ["key code 229", key({ keyCode: 229 })],
    ["the name Process", key({ key: "Process", keyCode: 0 })],
    ["a letter with code 229", key({ key: "j", keyCode: 229 })],
  ])("is told by %s", (_sign, event) => {
    expect(isOfInputMethod(event, null)).toBe(true);
  });

  it("is the Enter of the press that ended the composition, and no later one", () => {
    expect(isOfInputMethod(key(), 1000)).toBe(true);
    expect(isOfInputMethod(key({ timeStamp: 1000 + SAME_PRESS_MS }), 1000)).toBe(true);
    expect(isOfInputMethod(key({ timeStamp: 1001 + SAME_PRESS_MS }), 1000)).toBe(false);
    // A letter typed on at once is a letter.
    expect(isOfInputMethod(key({ key: "a", keyCode: 65 }), 1000)).toBe(false);
  });

  it("is none that a person types plainly", () => {
    expect(isOfInputMethod(key(), null)).toBe(false);
  });
});
