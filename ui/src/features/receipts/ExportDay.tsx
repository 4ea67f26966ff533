/** The day as a file: ids and outcomes, and notes only if asked for. */
import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { Check } from "../../components/Check";
import { copyText } from "../../components/clipboard";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Sentence } from "../../components/Sentence";
import { Help, Refusal, SelectableCode } from "../../components/Text";
import { message } from "../../text/text";
import styles from "./ExportDay.module.css";

export function ExportDay({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title={message("receipts-export-title")} isOpen={isOpen} onClose={onClose}>
      <ExportForm onClose={onClose} />
    </ModalDialog>
  );
}

function ExportForm({ onClose }: { onClose: () => void }) {
  const write = useCommand("receipts_export");
  const announce = useAnnounce();
  const [withNotes, setWithNotes] = useState(false);
  const copy = async (path: string) => {
    const hasCopied = await copyText(path);
    announce(
      message(hasCopied ? "receipts-export-path-copied" : "receipts-export-path-not-copied"),
    );
  };
  if (write.isSuccess) {
    const { path, calls } = write.data;
    return (
      <>
        <div role="status">
          <p>{message("receipts-export-written", { calls })}</p>
          <p>
            <SelectableCode className={styles.path}>{path}</SelectableCode>
          </p>
        </div>
        <DialogActions>
          <Button onPress={() => void copy(path)}>
            {message("receipts-export-copy-path-button")}
          </Button>
          <Button variant="next" autoFocus onPress={onClose}>
            {message("receipts-export-close-button")}
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ with_notes: withNotes });
      }}
    >
      <p>{message("receipts-export-what")}</p>
      <div>
        <Check isSelected={withNotes} onChange={setWithNotes}>
          {message("receipts-export-with-notes")}
        </Check>
        <Help>{message("receipts-export-with-notes-help")}</Help>
      </div>
      {write.isError ? (
        <Refusal>
          <Sentence text={`${write.error.problem.message} ${write.error.problem.hint ?? ""}`} />
        </Refusal>
      ) : null}
      <DialogActions>
        <Button variant="quiet" onPress={onClose}>
          {message("receipts-cancel-button")}
        </Button>
        <Button type="submit" variant="next" autoFocus isPending={write.isPending}>
          {message("receipts-export-write-button")}
        </Button>
      </DialogActions>
    </form>
  );
}
