/** The day as a file: ids and outcomes, and notes only if asked for. */
import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { Check } from "../../components/Check";
import { copyText } from "../../components/clipboard";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Sentence } from "../../components/Sentence";
import { Help, Refusal, SelectableCode } from "../../components/Text";
import { count } from "../../components/time";
import styles from "./ExportDay.module.css";

export function ExportDay({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title="Export the day" isOpen={isOpen} onClose={onClose}>
      <ExportForm onClose={onClose} />
    </ModalDialog>
  );
}

function ExportForm({ onClose }: { onClose: () => void }) {
  const write = useCommand("receipts_export");
  const announce = useAnnounce();
  const [withNotes, setWithNotes] = useState(false);
  const copy = async (path: string) => {
    announce((await copyText(path)) ? "Copied the path" : "The path could not be copied");
  };
  if (write.isSuccess) {
    const { path, calls } = write.data;
    return (
      <>
        <div role="status">
          <p>{calls === 1 ? "1 call is" : `${count(calls)} calls are`} in this file:</p>
          <p>
            <SelectableCode className={styles.path}>{path}</SelectableCode>
          </p>
        </div>
        <DialogActs>
          <Button onPress={() => void copy(path)}>Copy path</Button>
          <Button look="next" autoFocus onPress={onClose}>
            Close
          </Button>
        </DialogActs>
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
      <p>
        A CSV file with today’s calls: ids, times, outcomes, and as whom. Nobody’s number, and no
        name of anybody called.
      </p>
      <div>
        <Check isSelected={withNotes} onChange={setWithNotes}>
          With notes
        </Check>
        <Help>
          Notes say what people told you. A file can be passed on to anybody, so leave them out
          unless they are needed.
        </Help>
      </div>
      {write.isError ? (
        <Refusal>
          <Sentence text={`${write.error.problem.message} ${write.error.problem.hint ?? ""}`} />
        </Refusal>
      ) : null}
      <DialogActs>
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="next" autoFocus isPending={write.isPending}>
          Write file
        </Button>
      </DialogActs>
    </form>
  );
}
