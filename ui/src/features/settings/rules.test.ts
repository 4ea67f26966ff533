import { describe, expect, it } from "vitest";
import { ruleOf, withRule } from "./rules";

describe("the rules of outcomes", () => {
  it("are empty for an outcome that nobody has ruled", () => {
    expect(ruleOf([], "a")).toMatchObject({ outcome: "a", callback_days: null, stage_id: null });
  });

  it("hold at most one rule for an outcome", () => {
    const first = { ...ruleOf([], "a"), note_required: true };
    const second = { ...first, callback_days: 0, callback_how: "new_task" as const };
    const rules = withRule(withRule([ruleOf([], "b")], first), second);
    expect(rules.map((rule) => [rule.outcome, rule.callback_days])).toEqual([
      ["b", null],
      ["a", 0],
    ]);
  });

  it("hold none that says nothing", () => {
    const rule = { ...ruleOf([], "a"), finish_sequence: true };
    expect(withRule([rule], { ...rule, finish_sequence: false })).toEqual([]);
  });
});
