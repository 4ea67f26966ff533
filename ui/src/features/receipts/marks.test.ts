import { describe, expect, it } from "vitest";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptState } from "../../generated/ReceiptState";
import type { VerificationState } from "../../generated/VerificationState";
import { proofMarks } from "./marks";

function words(steps: [string, ReceiptState][], verification: VerificationState): string[] {
  return proofMarks({
    steps: steps.map(([name, state]) => ({ name, state, is_call: name === "Call logged" })),
    verification: { state: verification, sentence: "" },
  } as Receipt).map((mark) => mark.word);
}

describe("the marks of a receipt", () => {
  it("are logged, completed and verified when everything is", () => {
    expect(
      words(
        [
          ["Call logged", "sent"],
          ["Task completed", "sent"],
        ],
        "verified",
      ),
    ).toEqual(["logged", "completed", "verified"]);
  });

  it("never claim what is not so", () => {
    expect(
      words(
        [
          ["Call logged", "sent"],
          ["Task completed", "waiting"],
          ["Callback made", "saved"],
        ],
        "none",
      ),
    ).toEqual(["logged", "not completed"]);
  });

  it("say that a task was moved or skipped instead", () => {
    expect(
      words(
        [
          ["Call logged", "sent"],
          ["Task moved", "sent"],
        ],
        "differs",
      ),
    ).toEqual(["logged", "moved", "differs"]);
    expect(words([["Task skipped", "discarded"]], "none")).toEqual(["not skipped"]);
  });
});
