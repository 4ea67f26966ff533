/** What a person may do about a call; the core says what makes sense. */
import { useState } from "react";
import { useBackend, useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { copyText } from "../../components/clipboard";
import { useProblems } from "../../components/problems";
import { Quiet } from "../../components/Text";
import type { Receipt } from "../../generated/Receipt";
import { message } from "../../text/text";
import { useUndo } from "../undo/undo";
import { DiscardCall } from "./DiscardCall";
import { EditCall } from "./EditCall";
import styles from "./ReceiptActions.module.css";

export function ReceiptActions({ receipt }: { receipt: Receipt }) {
  const retry = useCommand("receipt_retry");
  const confirm = useCommand("receipt_confirm");
  const backend = useBackend();
  const problems = useProblems();
  const announce = useAnnounce();
  const { undo } = useUndo();
  const [dialog, setDialog] = useState<"edit" | "discard" | null>(null);
  const [hasCopied, setCopied] = useState(false);
  const { wrap_up_id } = receipt;
  const isSent = receipt.state === "sent" || receipt.state === "discarded";

  const copyNote = async () => {
    try {
      const { form } = await backend.call("receipt_content", { wrap_up_id });
      const copied = await copyText(form.note);
      setCopied(copied);
      announce(message(copied ? "receipts-note-copied" : "receipts-note-not-copied"));
    } catch (thrown) {
      problems.show(thrown);
    }
  };

  return (
    <>
      <div className={styles.actions}>
        {/* The buttons that are always there come first, so that no other button moves them. */}
        {receipt.can_edit ? (
          <Button onPress={() => setDialog("edit")}>{message("receipts-edit-button")}</Button>
        ) : null}
        {receipt.can_copy_note ? (
          <Button onPress={() => void copyNote()}>{message("receipts-copy-note-button")}</Button>
        ) : null}
        {receipt.can_discard ? (
          <Button variant="danger" onPress={() => setDialog("discard")}>
            {message("receipts-discard-button")}
          </Button>
        ) : null}
        {receipt.can_undo ? (
          <Button onPress={() => void undo(wrap_up_id)}>{message("receipts-undo-button")}</Button>
        ) : null}
        {receipt.can_confirm ? (
          <Button
            variant="next"
            isPending={confirm.isPending}
            onPress={() => confirm.mutate({ wrap_up_id }, { onError: problems.show })}
          >
            {message("receipts-confirm-button")}
          </Button>
        ) : null}
        {receipt.can_retry ? (
          <Button
            variant={receipt.state === "blocked" && !receipt.can_confirm ? "next" : "plain"}
            isPending={retry.isPending}
            onPress={() => retry.mutate({ wrap_up_id }, { onError: problems.show })}
          >
            {message(isSent ? "receipts-read-back-button" : "receipts-retry-button")}
          </Button>
        ) : null}
        <Quiet aria-hidden="true">{hasCopied ? message("receipts-copied") : ""}</Quiet>
      </div>
      <EditCall isOpen={dialog === "edit"} receipt={receipt} onClose={() => setDialog(null)} />
      <DiscardCall
        isOpen={dialog === "discard"}
        receipt={receipt}
        onClose={() => setDialog(null)}
      />
    </>
  );
}
