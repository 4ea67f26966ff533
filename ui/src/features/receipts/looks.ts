import type { Meaning, Shape } from "../../components/Mark";
import type { ReceiptState } from "../../generated/ReceiptState";

export const RECEIPT_LOOKS: Record<ReceiptState, { shape: Shape; meaning: Meaning; word: string }> =
  {
    held: { shape: "ring", meaning: "quiet", word: "Can be undone" },
    saved: { shape: "ring", meaning: "waits", word: "Saved here" },
    sending: { shape: "half", meaning: "accent", word: "Sending" },
    waiting: { shape: "half", meaning: "waits", word: "Waiting" },
    checking: { shape: "diamond", meaning: "waits", word: "Checking" },
    sent: { shape: "tick", meaning: "good", word: "Sent" },
    blocked: { shape: "triangle", meaning: "stopped", word: "Needs you" },
    discarded: { shape: "dash", meaning: "closed", word: "Discarded" },
  };
