import { expect, it } from "vitest";
import { fuzzy } from "./fuzzy";

it.each([
  ["Work on Q4 outbound calls", "q4 out", true],
  ["Work on Q4 outbound calls", "q4ob", true],
  ["Work on Q4 outbound calls", "calls q4", true],
  ["Open settings", "", true],
  ["Open settings", "xq", false],
  ["Save and next", "nxtt", false],
])("in %j, %j is found: %s", (text, typed, found) => {
  expect(fuzzy(text, typed)).toBe(found);
});
