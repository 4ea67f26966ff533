/** The three things that a receipt proves, each as a word and a shape. */
import type { Meaning, Shape } from "../../components/Mark";
import type { Messages } from "../../generated/messages";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptStep } from "../../generated/ReceiptStep";
import type { ReceiptStepKind } from "../../generated/ReceiptStepKind";
import type { VerificationState } from "../../generated/VerificationState";
import { message } from "../../text/text";
import { type ReceiptMark, receiptMark } from "./state-marks";

const VERIFIED = {
  none: null,
  pending: { shape: "ring", meaning: "quiet", word: "receipts-proof-to-verify" },
  verified: { shape: "tick", meaning: "good", word: "receipts-proof-verified" },
  differs: { shape: "triangle", meaning: "stopped", word: "receipts-proof-differs" },
  doubled: { shape: "triangle", meaning: "stopped", word: "receipts-proof-doubled" },
  missing: { shape: "triangle", meaning: "stopped", word: "receipts-proof-missing" },
} as const satisfies Record<
  VerificationState,
  { shape: Shape; meaning: Meaning; word: keyof Messages } | null
>;

/** The steps that a person wants to see at a glance: the call, and what became of its task. */
const PROVED = {
  log_call: { sent: "receipts-proof-logged", unsent: "receipts-proof-not-logged" },
  complete_task: { sent: "receipts-proof-completed", unsent: "receipts-proof-not-completed" },
  move_task: { sent: "receipts-proof-moved", unsent: "receipts-proof-not-moved" },
  skip_task: { sent: "receipts-proof-skipped", unsent: "receipts-proof-not-skipped" },
  create_callback: null,
  set_stage: null,
  finish_sequence: null,
  correct_call: null,
} as const satisfies Record<
  ReceiptStepKind,
  { sent: keyof Messages; unsent: keyof Messages } | null
>;

function markOf({ state: whole }: Receipt, { kind, state }: ReceiptStep): ReceiptMark | null {
  const texts = PROVED[kind];
  if (texts === null) return null;
  const { shape, meaning } = receiptMark(state);
  if (state === "sent") return { shape, meaning, word: message(texts.sent) };
  // Held back for an undo: all is as it should be.
  return {
    shape,
    meaning: whole === "held" ? "quiet" : meaning,
    word: message(texts.unsent),
  };
}

export function proofMarks(receipt: Receipt): ReceiptMark[] {
  const marks = receipt.steps.flatMap((step) => markOf(receipt, step) ?? []);
  const verified = VERIFIED[receipt.verification.state];
  if (verified) marks.push({ ...verified, word: message(verified.word) });
  return marks;
}
