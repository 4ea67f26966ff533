import type { Meaning, Shape } from "../../components/Mark";
import type { Messages } from "../../generated/messages";
import type { ReceiptState } from "../../generated/ReceiptState";
import { message } from "../../text/text";

export interface ReceiptMark {
  shape: Shape;
  meaning: Meaning;
  word: string;
}

const MARKS = {
  held: { shape: "ring", meaning: "quiet", word: "receipts-state-held" },
  saved: { shape: "ring", meaning: "waits", word: "receipts-state-saved" },
  sending: { shape: "half", meaning: "accent", word: "receipts-state-sending" },
  waiting: { shape: "half", meaning: "waits", word: "receipts-state-waiting" },
  checking: { shape: "diamond", meaning: "waits", word: "receipts-state-checking" },
  sent: { shape: "tick", meaning: "good", word: "receipts-state-sent" },
  blocked: { shape: "triangle", meaning: "stopped", word: "receipts-state-blocked" },
  discarded: { shape: "dash", meaning: "closed", word: "receipts-state-discarded" },
} as const satisfies Record<ReceiptState, { shape: Shape; meaning: Meaning; word: keyof Messages }>;

/** The state of a call, or of one of its steps, as a shape and a word. */
export function receiptMark(state: ReceiptState): ReceiptMark {
  const { shape, meaning, word } = MARKS[state];
  return { shape, meaning, word: message(word) };
}
