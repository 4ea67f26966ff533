/** The three things that a receipt proves, each as a word and a shape. */
import type { Meaning, Shape } from "../../components/Mark";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptStep } from "../../generated/ReceiptStep";
import type { ReceiptStepKind } from "../../generated/ReceiptStepKind";
import type { VerificationState } from "../../generated/VerificationState";
import { RECEIPT_LOOKS } from "./looks";

export interface ProofMark {
  shape: Shape;
  meaning: Meaning;
  word: string;
}

const VERIFIED: Partial<Record<VerificationState, ProofMark>> = {
  pending: { shape: "ring", meaning: "quiet", word: "to verify" },
  verified: { shape: "tick", meaning: "good", word: "verified" },
  differs: { shape: "triangle", meaning: "stopped", word: "differs" },
  doubled: { shape: "triangle", meaning: "stopped", word: "there twice" },
  missing: { shape: "triangle", meaning: "stopped", word: "missing" },
};

/** The steps that a person wants to see at a glance: the call, and what became of its task. */
const WORDS: Record<ReceiptStepKind, string | null> = {
  log_call: "logged",
  complete_task: "completed",
  move_task: "moved",
  skip_task: "skipped",
  create_callback: null,
  set_stage: null,
  finish_sequence: null,
  correct_call: null,
};

function markOf({ state: whole }: Receipt, step: ReceiptStep, word: string): ProofMark {
  const { shape, meaning } = RECEIPT_LOOKS[step.state];
  if (step.state === "sent") return { shape, meaning, word };
  // Held back for an undo: all is as it should be.
  return { shape, meaning: whole === "held" ? "quiet" : meaning, word: `not ${word}` };
}

export function proofMarks(receipt: Receipt): ProofMark[] {
  const marks: ProofMark[] = [];
  for (const step of receipt.steps) {
    const word = WORDS[step.kind];
    if (word) marks.push(markOf(receipt, step, word));
  }
  const verified = VERIFIED[receipt.verification.state];
  if (verified) marks.push(verified);
  return marks;
}
