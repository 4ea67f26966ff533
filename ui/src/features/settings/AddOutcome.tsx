/** Writes an outcome of Apollo's down. Apollo is asked about its id before it is kept. */
import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Field } from "../../components/Field";
import { Sentence } from "../../components/Sentence";
import { Help, Refusal } from "../../components/Text";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

export function AddOutcome({ isOpen, onClose }: Props) {
  return (
    <ModalDialog title="Add an outcome" isOpen={isOpen} onClose={onClose}>
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
          announce(book.undo ?? "Added");
          onClose();
        },
      },
    );
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    // What was asked was asked of the id before.
    if (problem) add.reset();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !asks) send(false);
      }}
    >
      <Help>
        Outcomes that calls in Apollo already have are found by themselves. Write down one that is
        new: Apollo shows its id in the browser’s address when calls are filtered by it.
      </Help>
      <Field label="Name" value={name} onChange={change(setName)} autoFocus />
      <Field
        label="Apollo id"
        fixed
        value={id}
        onChange={change(setId)}
        help="24 digits and letters a to f."
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
      <DialogActs>
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
        {asks ? (
          <Button isPending={add.isPending} onPress={() => send(true)}>
            Keep it anyway
          </Button>
        ) : (
          <Button type="submit" look="next" isPending={add.isPending} isDisabled={!isWhole}>
            {add.isPending ? "Asking Apollo…" : "Add outcome"}
          </Button>
        )}
      </DialogActs>
    </form>
  );
}
