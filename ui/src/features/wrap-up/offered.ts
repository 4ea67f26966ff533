/** The outcomes to choose from: those that are offered, and the one that was chosen before. */
import type { Dispositions } from "../../generated/Dispositions";
import type { Outcome } from "../../generated/Outcome";

/**
 * A draft or a call may name an outcome that is not offered any more. It stays in sight under its
 * own name, without a digit, for as long as it is the chosen one.
 */
export function offered(
  dispositions: Dispositions | undefined,
  chosen: string | null,
  nameThen: string | null,
): readonly Outcome[] {
  if (!dispositions) return [];
  const { outcomes, earlier } = dispositions;
  if (chosen === null || outcomes.some((outcome) => outcome.key === chosen)) return outcomes;
  const known = earlier.find((outcome) => outcome.key === chosen);
  if (known) return [...outcomes, known];
  if (nameThen === null) return outcomes;
  const then = {
    sentence: "",
    note_required: false,
    finishes_sequence: false,
    opts_out: false,
    callback_days: null,
    callback_how: null,
  };
  return [...outcomes, { key: chosen, name: nameThen, shortcut: null, then }];
}
