import { describe, expect, it } from "vitest";
import type { Dispositions } from "../../generated/Dispositions";
import { offered } from "./offered";

const then = {
  sentence: "",
  note_required: false,
  finishes_sequence: false,
  opts_out: false,
  callback_days: null,
  callback_how: null,
};
const outcome = (key: string, shortcut: number | null) => ({
  key,
  name: `Name of ${key}`,
  shortcut,
  then,
});

const list: Dispositions = {
  outcomes: [outcome("a", 1), outcome("b", 2)],
  earlier: [outcome("busy", null)],
  source: "apollo",
  hint: null,
};

describe("the outcomes to choose from", () => {
  const keys = (chosen: string | null, nameThen: string | null = null) =>
    offered(list, chosen, nameThen).map((one) => one.key);

  it("are those that are offered, while one of them or none is chosen", () => {
    expect(keys(null)).toEqual(["a", "b"]);
    expect(keys("b", "Old name")).toEqual(["a", "b"]);
  });

  it("hold the chosen one under its own name, where it is not offered any more", () => {
    expect(keys("busy")).toEqual(["a", "b", "busy"]);
    const lost = offered(list, "lost", "Gatekeeper").at(-1);
    expect([lost?.key, lost?.name, lost?.shortcut]).toEqual(["lost", "Gatekeeper", null]);
  });

  it("invent no name", () => {
    expect(keys("lost")).toEqual(["a", "b"]);
  });
});
