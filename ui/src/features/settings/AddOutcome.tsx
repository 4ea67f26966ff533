/** Adds an outcome of Apollo's. Apollo is asked about its id before the outcome is saved. */
import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Field } from "../../components/Field";
import { Sentence } from "../../components/Sentence";
import { Help, Refusal } from "../../components/Text";
import { message } from "../../text/text";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

export function AddOutcome({ isOpen, onClose }: Props) {
  return (
    <ModalDialog title={message("settings-add-outcome-title")} isOpen={isOpen} onClose={onClose}>
      <AddForm onClose={onClose} />
    </ModalDialog>
  );
}

function AddForm({ onClose }: Omit<Props, "isOpen">) {
  const add = useCommand("outcomes_change");
  const announce = useAnnounce();
  const [name, setName] = useState("");
  const [id, setId] = useState("");
  const problem = add.isError ? add.error.problem : null;
  const asks = problem?.code === "confirm_outcome";
  const isWhole = name.trim() !== "" && id.trim() !== "";

  const send = (is_confirmed: boolean) =>
    add.mutate(
      { change: { kind: "add", name: name.trim(), outcome_id: id.trim(), is_confirmed } },
      {
        onSuccess: (book) => {
          announce(book.undo ?? message("settings-add-outcome-added"));
          onClose();
        },
      },
    );
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    // The question was about the values before.
    if (problem) add.reset();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !asks) send(false);
      }}
    >
      <Help>{message("settings-add-outcome-help")}</Help>
      <Field
        label={message("settings-add-outcome-name-label")}
        value={name}
        onChange={change(setName)}
        autoFocus
      />
      <Field
        label={message("settings-add-outcome-id-label")}
        fixed
        value={id}
        onChange={change(setId)}
        help={message("settings-add-outcome-id-help")}
      />
      {problem && asks ? (
        <p role="alert">
          <Sentence text={`${problem.message} ${problem.hint ?? ""}`} />
        </p>
      ) : null}
      {problem && !asks ? (
        <Refusal>
          <Sentence text={`${problem.message} ${problem.hint ?? ""}`} />
        </Refusal>
      ) : null}
      <DialogActions>
        <Button variant="quiet" onPress={onClose}>
          {message("settings-add-outcome-cancel-button")}
        </Button>
        {asks ? (
          <Button isPending={add.isPending} onPress={() => send(true)}>
            {message("settings-add-outcome-anyway-button")}
          </Button>
        ) : (
          <Button type="submit" variant="next" isPending={add.isPending} isDisabled={!isWhole}>
            {message(add.isPending ? "settings-add-outcome-asking" : "settings-add-outcome-button")}
          </Button>
        )}
      </DialogActions>
    </form>
  );
}
