/** The three things that a receipt proves, each as a word and a shape. */
import type { Meaning, Shape } from "../../components/Mark";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptStep } from "../../generated/ReceiptStep";
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

/** The steps that say what became of the task, by the names that the core gives them. */
const OF_TASK: Record<string, string> = {
  "Task completed": "completed",
  "Task moved": "moved",
  "Task skipped": "skipped",
};

function markOf({ state: whole }: Receipt, step: ReceiptStep, word: string): ProofMark {
  const { shape, meaning } = RECEIPT_LOOKS[step.state];
  if (step.state === "sent") return { shape, meaning, word };
  // Held back for an undo: all is as it should be.
  return { shape, meaning: whole === "held" ? "quiet" : meaning, word: `not ${word}` };
}

export function proofMarks(receipt: Receipt): ProofMark[] {
  const marks: ProofMark[] = [];
  const call = receipt.steps.find((step) => step.is_call);
  if (call) marks.push(markOf(receipt, call, "logged"));
  for (const step of receipt.steps) {
    const word = OF_TASK[step.name];
    if (word) marks.push(markOf(receipt, step, word));
  }
  const verified = VERIFIED[receipt.verification.state];
  if (verified) marks.push(verified);
  return marks;
}
