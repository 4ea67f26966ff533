/** Gives up what is left of a wrap-up, with a reason. Says first what is lost and what stays. */
import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Radios } from "../../components/Radios";
import { Sentence } from "../../components/Sentence";
import { Help, Refusal } from "../../components/Text";
import type { DiscardReason } from "../../generated/DiscardReason";
import type { Messages } from "../../generated/messages";
import type { Receipt } from "../../generated/Receipt";
import { catalogue, message } from "../../text/text";

const REASONS = [
  { key: "logged_by_hand", name: "receipts-discard-reason-logged-by-hand" },
  { key: "wrong_person", name: "receipts-discard-reason-wrong-person" },
  { key: "duplicate", name: "receipts-discard-reason-duplicate" },
  { key: "not_needed", name: "receipts-discard-reason-not-needed" },
] as const satisfies readonly { key: DiscardReason; name: keyof Messages }[];

interface Props {
  isOpen: boolean;
  receipt: Receipt;
  onClose: () => void;
}

export function DiscardCall({ isOpen, receipt, onClose }: Props) {
  return (
    <ModalDialog
      title={message("receipts-discard-title", { kind: receipt.kind })}
      role="alertdialog"
      isOpen={isOpen}
      onClose={onClose}
    >
      <DiscardForm receipt={receipt} onClose={onClose} />
    </ModalDialog>
  );
}

function DiscardForm({ receipt, onClose }: Omit<Props, "isOpen">) {
  const { kind } = receipt;
  const discard = useCommand("receipt_discard");
  const announce = useAnnounce();
  const [reason, setReason] = useState<DiscardReason | null>(null);
  const names = (isSent: boolean) =>
    receipt.steps.filter((step) => (step.state === "sent") === isSent).map((step) => step.name);
  const list = new Intl.ListFormat(catalogue.region, { type: "unit" });
  const lost = list.format(names(false));
  const stays = list.format(names(true));
  return (
    <>
      <div>
        <p>
          <Sentence
            text={message(
              receipt.can_copy_note ? "receipts-discard-lost-with-note" : "receipts-discard-lost",
              { steps: lost },
            )}
          />
        </p>
        <p>
          <Sentence
            text={
              stays
                ? message("receipts-discard-stays", { steps: stays })
                : message("receipts-discard-nothing-stays")
            }
          />
        </p>
      </div>
      <Radios
        label={message("receipts-discard-reason")}
        choices={REASONS.map(({ key, name }) => ({ key, name: message(name) }))}
        value={reason}
        onChange={(key) => setReason(REASONS.find((other) => other.key === key)?.key ?? null)}
      />
      <Help>{message("receipts-discard-reason-help")}</Help>
      {discard.isError ? (
        <Refusal>
          <Sentence text={`${discard.error.problem.message} ${discard.error.problem.hint ?? ""}`} />
        </Refusal>
      ) : null}
      <DialogActions>
        <Button
          variant="danger"
          isDisabled={!reason}
          isPending={discard.isPending}
          onPress={() => {
            if (!reason) return;
            discard.mutate(
              { wrap_up_id: receipt.wrap_up_id, reason },
              {
                onSuccess: () => {
                  announce(message("receipts-discarded", { kind }));
                  onClose();
                },
              },
            );
          }}
        >
          {message("receipts-discard-confirm-button", { kind })}
        </Button>
        <Button variant="next" autoFocus onPress={onClose}>
          {message("receipts-discard-keep-button", { kind })}
        </Button>
      </DialogActions>
    </>
  );
}
