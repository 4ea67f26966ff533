/** Gives up what is left of a wrap-up, with a reason. Says before what is lost and what stays. */
import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Radios } from "../../components/Radios";
import { Sentence } from "../../components/Sentence";
import { Help, Refusal } from "../../components/Text";
import type { DiscardReason } from "../../generated/DiscardReason";
import type { Receipt } from "../../generated/Receipt";

const REASONS: readonly { key: DiscardReason; name: string }[] = [
  { key: "logged_by_hand", name: "I put it into Apollo by hand" },
  { key: "wrong_person", name: "Wrong person" },
  { key: "duplicate", name: "It is there twice" },
  { key: "not_needed", name: "Not needed any more" },
];

interface Props {
  isOpen: boolean;
  receipt: Receipt;
  onClose: () => void;
}

export function DiscardCall({ isOpen, receipt, onClose }: Props) {
  const what = receipt.kind === "skip" ? "skip" : "call";
  return (
    <ModalDialog
      title={`Discard this ${what}?`}
      role="alertdialog"
      isOpen={isOpen}
      onClose={onClose}
    >
      <DiscardForm receipt={receipt} what={what} onClose={onClose} />
    </ModalDialog>
  );
}

function DiscardForm({
  receipt,
  what,
  onClose,
}: Omit<Props, "isOpen"> & { what: "call" | "skip" }) {
  const discard = useCommand("receipt_discard");
  const announce = useAnnounce();
  const [reason, setReason] = useState<DiscardReason | null>(null);
  const names = (isSent: boolean) =>
    receipt.steps.filter((step) => (step.state === "sent") === isSent).map((step) => step.name);
  const lost = names(false);
  const stays = names(true);
  return (
    <>
      <div>
        <p>
          <strong>Given up:</strong> {lost.join(", ")}.
          {receipt.can_copy_note ? " The note is not kept: copy it first if you need it." : ""}
        </p>
        <p>
          {stays.length > 0 ? (
            <>
              <strong>Stays in Apollo:</strong> {stays.join(", ")}.
            </>
          ) : (
            "Nothing of it is known to be in Apollo. The task is open again in the queue."
          )}
        </p>
      </div>
      <Radios
        label="Reason"
        choices={REASONS}
        value={reason}
        onChange={(key) => setReason(REASONS.find((other) => other.key === key)?.key ?? null)}
      />
      <Help>The reason is kept with the receipt.</Help>
      {discard.isError ? (
        <Refusal>
          <Sentence text={`${discard.error.problem.message} ${discard.error.problem.hint ?? ""}`} />
        </Refusal>
      ) : null}
      <DialogActs>
        <Button
          look="danger"
          isDisabled={!reason}
          isPending={discard.isPending}
          onPress={() => {
            if (!reason) return;
            discard.mutate(
              { wrap_up_id: receipt.wrap_up_id, reason },
              {
                onSuccess: () => {
                  announce(`Discarded the ${what}`);
                  onClose();
                },
              },
            );
          }}
        >
          Discard {what}
        </Button>
        <Button look="next" autoFocus onPress={onClose}>
          Keep {what}
        </Button>
      </DialogActs>
    </>
  );
}
