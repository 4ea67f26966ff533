import { describe, expect, it } from "vitest";
import type { Receipt } from "../../generated/Receipt";
import { matching } from "./matching";

function receipt(who: string | null, result: string, state: Receipt["state"], id: string): Receipt {
  const steps = [{ name: "Call logged", state, sentence: "", apollo_id: id }];
  return {
    wrap_up_id: `w-${id}`,
    who,
    result,
    state,
    saved_at: "2026-11-25T14:05:00Z",
    steps,
  } as Receipt;
}

const ROWS = [
  receipt("Ada Moss", "No Answer", "sent", "6b01"),
  receipt("Zoë Ada Vale", "Busy", "waiting", "6b02"),
  receipt(null, "Busy", "sent", "6b03"),
];
const found = (typed: string) => matching(ROWS, typed).map((row) => row.steps[0]?.apollo_id);

describe("receipts", () => {
  it("are all there until something is typed", () => {
    expect(found("  ")).toEqual(["6b01", "6b02", "6b03"]);
  });
  it("are found by name, outcome, state and id, in any case and order", () => {
    expect(found("ADA")).toEqual(["6b01", "6b02"]);
    expect(found("busy ada")).toEqual(["6b02"]);
    expect(found("waiting")).toEqual(["6b02"]);
    expect(found("w-6b03")).toEqual(["6b03"]);
    expect(found("6b01")).toEqual(["6b01"]);
  });
  it("without a name are found by the rest", () => {
    expect(found("busy sent")).toEqual(["6b03"]);
    expect(found("null")).toEqual([]);
  });
});
