import { expect, it } from "vitest";
import { rank, ranked } from "./fuzzy";

it.each([
  ["Work on Q4 outbound calls", "q4 out", 1],
  ["Work on Q4 outbound calls", "q4ob", 3],
  ["Work on Q4 outbound calls", "calls q4", 3],
  ["Work on Q4 outbound calls", "bound", 2],
  ["Open settings", "", 0],
  ["Open settings", "xq", null],
  ["Save and next", "nxtt", null],
])("in %j, %j is found with rank %s", (text, typed, found) => {
  expect(rank(text, typed)).toBe(found);
});

it("never puts a call before the screen that was typed", () => {
  const names = ["Call the first number", "Go to Calls", "Refresh call tasks"];
  expect(ranked(names, (name) => name, "calls")[0]).toBe("Go to Calls");
});

it("keeps the order of equals", () => {
  const names = ["Go to Today", "Go to Queue", "Go to Calls"];
  expect(ranked(names, (name) => name, "go to")).toEqual(names);
});
