/** Before and after each test that draws: time stands still until the test lets it pass. */
import { format } from "node:util";
import { resetLocalTimeZone, setLocalTimeZone } from "@internationalized/date";
import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { NOW, ZONE } from "./snapshots";

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
  // Testing Library lets held time pass by this name only.
  var jest: { advanceTimersByTime: (ms: number) => void };
}

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
globalThis.jest = { advanceTimersByTime: (ms) => vi.advanceTimersByTime(ms) };

// jsdom has none of it; React Aria looks for ids that are written so.
vi.stubGlobal("CSS", { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") });

// No style sheet is loaded, so an element has only its own styles. jsdom would go through its own
// rules for each element that is checked: half of the time of a run.
const NOT_SHOWN = document.createElement("p").style;
NOT_SHOWN.display = "none";
window.getComputedStyle = (element) =>
  element.matches("[hidden], template, script, style")
    ? NOT_SHOWN
    : (element as HTMLElement | SVGElement).style;

let complaints: string[] = [];
const complain = (...parts: unknown[]) => void complaints.push(format(...parts).slice(0, 400));

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  // React Aria remembers how the last test acted: after a press without a pointer it would move focus
  // a frame later, as for a screen reader.
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F24", bubbles: true }));
  document.body.dispatchEvent(new KeyboardEvent("keyup", { key: "F24", bubbles: true }));
  setLocalTimeZone(ZONE);
  complaints = [];
  vi.spyOn(console, "error").mockImplementation(complain);
  vi.spyOn(console, "warn").mockImplementation(complain);
});

afterEach(() => {
  cleanup();
  resetLocalTimeZone();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(complaints, "nothing is complained of on the console").toEqual([]);
});
