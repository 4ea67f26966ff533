/** Corrects a call: its outcome and its note, here or in Apollo. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { NO_ARGS, snapshot, useBackend, useCommand, useSnapshot } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { focusText } from "../../components/caret";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Field } from "../../components/Field";
import { Radios } from "../../components/Radios";
import { Sentence } from "../../components/Sentence";
import { Failed } from "../../components/States";
import { Help, Refusal } from "../../components/Text";
import type { Dispositions } from "../../generated/Dispositions";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptContent } from "../../generated/ReceiptContent";
import { message } from "../../text/text";
import { offered } from "../wrap-up/offered";

interface Props {
  isOpen: boolean;
  receipt: Receipt;
  onClose: () => void;
}

export function EditCall({ isOpen, receipt, onClose }: Props) {
  return (
    <ModalDialog title={message("receipts-edit-title")} isOpen={isOpen} onClose={onClose}>
      <Loaded receipt={receipt} onClose={onClose} />
    </ModalDialog>
  );
}

function Loaded({ receipt, onClose }: Omit<Props, "isOpen">) {
  const args = { wrap_up_id: receipt.wrap_up_id };
  // Read anew each time, and dropped when the dialog closes.
  const content = useQuery({
    ...snapshot(useBackend(), "receipt_content", args),
    staleTime: 0,
    gcTime: 0,
  });
  const dispositions = useSnapshot("dispositions_get", NO_ARGS);
  if (content.isError || dispositions.isError) {
    const failed = content.isError ? content : dispositions;
    return (
      <>
        {failed.error ? (
          <Failed error={failed.error} onRetry={() => void failed.refetch()} />
        ) : null}
        <DialogActions>
          <Button variant="quiet" autoFocus onPress={onClose}>
            {message("receipts-cancel-button")}
          </Button>
        </DialogActions>
      </>
    );
  }
  if (!content.data || !dispositions.data) {
    return (
      <>
        <Help role="status">{message("receipts-edit-reading")}</Help>
        <DialogActions>
          <Button variant="quiet" autoFocus onPress={onClose}>
            {message("receipts-cancel-button")}
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <EditForm
      receipt={receipt}
      content={content.data}
      dispositions={dispositions.data}
      onClose={onClose}
    />
  );
}

interface FormProps {
  receipt: Receipt;
  content: ReceiptContent;
  dispositions: Dispositions;
  onClose: () => void;
}

function EditForm({ receipt, content, dispositions, onClose }: FormProps) {
  const correct = useCommand("receipt_correct");
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState(content.form.outcome);
  const [note, setNote] = useState(content.form.note);
  const area = useRef<HTMLTextAreaElement>(null);
  // Behind the last word: what is typed goes on from there.
  useEffect(() => focusText(area.current), []);
  const isLogged = receipt.steps.some((step) => step.kind === "log_call" && step.state === "sent");
  const isSame = outcome === content.form.outcome && note === content.form.note;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!outcome || isSame) return;
        correct.mutate(
          {
            wrap_up_id: receipt.wrap_up_id,
            form: { ...content.form, outcome, note },
          },
          {
            onSuccess: () => {
              announce(message("receipts-edit-saved"));
              onClose();
            },
          },
        );
      }}
    >
      <Help>{message(isLogged ? "receipts-edit-logged" : "receipts-edit-not-logged")}</Help>
      <Radios
        label={message("receipts-edit-outcome")}
        choices={offered(dispositions, content.form.outcome, content.outcome_name).map(
          ({ key, name }) => ({ key, name }),
        )}
        value={outcome}
        onChange={setOutcome}
      />
      <Field
        label={message("receipts-edit-note")}
        lines={5}
        areaRef={area}
        value={note}
        onChange={setNote}
      />
      {correct.isError ? (
        <Refusal>
          <Sentence text={`${correct.error.problem.message} ${correct.error.problem.hint ?? ""}`} />
        </Refusal>
      ) : null}
      <DialogActions>
        <Button variant="quiet" onPress={onClose}>
          {message("receipts-cancel-button")}
        </Button>
        <Button
          type="submit"
          variant="next"
          isPending={correct.isPending}
          isDisabled={!outcome || isSame}
        >
          {message("receipts-edit-save-button")}
        </Button>
      </DialogActions>
    </form>
  );
}
