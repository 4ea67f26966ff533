/** The rules of outcomes, as the settings keep them: none for an outcome that only completes. */
import type { OutcomeRule } from "../../generated/OutcomeRule";

export function ruleOf(rules: readonly OutcomeRule[], outcome: string): OutcomeRule {
  return (
    rules.find((rule) => rule.outcome === outcome) ?? {
      outcome,
      callback_days: null,
      callback_how: null,
      stage_id: null,
      finish_sequence: false,
      note_required: false,
      opts_out: null,
    }
  );
}

function saysSomething(rule: OutcomeRule): boolean {
  return (
    rule.callback_days !== null ||
    rule.stage_id !== null ||
    rule.finish_sequence ||
    rule.note_required ||
    rule.opts_out !== null
  );
}

/** The rules with this one in its place; a rule that says nothing is left out. */
export function withRule(rules: readonly OutcomeRule[], rule: OutcomeRule): OutcomeRule[] {
  const others = rules.filter((other) => other.outcome !== rule.outcome);
  return saysSomething(rule) ? [...others, rule] : others;
}
