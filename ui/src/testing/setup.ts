/** Before and after each test that draws: time stands still until the test lets it pass. */
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

let complaints: unknown[][] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  setLocalTimeZone(ZONE);
  complaints = [];
  vi.spyOn(console, "error").mockImplementation((...words) => void complaints.push(words));
  vi.spyOn(console, "warn").mockImplementation((...words) => void complaints.push(words));
});

afterEach(() => {
  cleanup();
  resetLocalTimeZone();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(complaints, "nothing is complained of on the console").toEqual([]);
});
