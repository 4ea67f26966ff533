import { describe, expect, it } from "vitest";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptState } from "../../generated/ReceiptState";
import type { ReceiptStepKind } from "../../generated/ReceiptStepKind";
import type { VerificationState } from "../../generated/VerificationState";
import { proofMarks } from "./marks";

function words(
  steps: [ReceiptStepKind, ReceiptState][],
  verification: VerificationState,
): string[] {
  return proofMarks({
    steps: steps.map(([kind, state]) => ({ kind, state })),
    verification: { state: verification, sentence: "" },
  } as Receipt).map((mark) => mark.word);
}

describe("the marks of a receipt", () => {
  it("are logged, completed and verified when everything is", () => {
    expect(
      words(
        [
          ["log_call", "sent"],
          ["complete_task", "sent"],
        ],
        "verified",
      ),
    ).toEqual(["logged", "completed", "verified"]);
  });

  it("never claim what is not so", () => {
    expect(
      words(
        [
          ["log_call", "sent"],
          ["complete_task", "waiting"],
          ["create_callback", "saved"],
        ],
        "none",
      ),
    ).toEqual(["logged", "not completed"]);
  });

  it("say that a task was moved or skipped instead", () => {
    expect(
      words(
        [
          ["log_call", "sent"],
          ["move_task", "sent"],
        ],
        "differs",
      ),
    ).toEqual(["logged", "moved", "differs"]);
    expect(words([["skip_task", "discarded"]], "none")).toEqual(["not skipped"]);
  });
});
