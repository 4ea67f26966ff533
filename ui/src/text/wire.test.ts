import { resetLocalTimeZone, setLocalTimeZone } from "@internationalized/date";
import { afterEach, beforeEach, expect, it } from "vitest";
import { catalogue } from "./text";
import { isText, type Text } from "./wire";
import rows from "./wire.json";

beforeEach(() => setLocalTimeZone("UTC"));
afterEach(() => resetLocalTimeZone());

it("words what the core sends as the core itself does", () => {
  expect(rows.length).toBeGreaterThan(10);
  for (const { wire, english } of rows) {
    expect(isText(wire)).toBe(true);
    expect(catalogue.word(wire as Text)).toBe(english);
  }
});

it("takes nothing else for a text", () => {
  for (const other of [{}, { id: "x" }, { id: "x", values: {}, more: 1 }, { text: "x" }, []]) {
    expect(isText(other)).toBe(false);
  }
});
