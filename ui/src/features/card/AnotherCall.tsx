/** One call at a time: before a second one begins, the first is ended here, or the rep goes back to it. */
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { useProblems } from "../../components/problems";
import { message } from "../../text/text";
import { useShowCard } from "../queue/show-card";

interface Props {
  /** Whom the rep wants to call. */
  name: string;
  isOpen: boolean;
  onClose: () => void;
  /** The other call is over. */
  onEnded: () => void;
}

export function AnotherCall({ name, isOpen, onClose, onEnded }: Props) {
  const unsaved = useSnapshot("status_get", NO_ARGS, isOpen).data?.unsaved_call ?? null;
  const end = useCommand("call_end");
  const problems = useProblems();
  const { showCard } = useShowCard();
  const other = unsaved?.call.state === "ongoing" ? unsaved : null;
  const close = (thrown: unknown) => {
    onClose();
    problems.show(thrown);
  };
  return (
    <ModalDialog
      title={message("card-another-call-title")}
      role="alertdialog"
      isOpen={isOpen}
      onClose={onClose}
    >
      <p>{other ? message("card-another-call", { who: other.who, name }) : null}</p>
      <DialogActions>
        <Button
          variant="next"
          autoFocus
          isPending={end.isPending}
          onPress={() => {
            if (!other) onEnded();
            else end.mutate({ task_id: other.task_id }, { onSuccess: onEnded, onError: close });
          }}
        >
          {message("card-another-call-end-button", { name })}
        </Button>
        {other ? (
          <Button
            onPress={() => {
              onClose();
              showCard(other.task_id, "list").catch(problems.show);
            }}
          >
            {message("card-another-call-back-button")}
          </Button>
        ) : null}
        <Button onPress={onClose}>{message("card-another-call-cancel-button")}</Button>
      </DialogActions>
    </ModalDialog>
  );
}
