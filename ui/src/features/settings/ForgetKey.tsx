import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Mark } from "../../components/Mark";
import { Refusal } from "../../components/Text";
import { message } from "../../text/text";

interface Props {
  isOpen: boolean;
  unsent: number;
  onClose: () => void;
}

/** Asks first, then shows the proof: the keychain was read again. */
export function ForgetKey({ isOpen, unsent, onClose }: Props) {
  const forget = useCommand("key_forget");
  const close = () => {
    forget.reset();
    onClose();
  };
  const report = forget.data;
  return (
    <ModalDialog
      title={message("settings-forget-key-title")}
      role="alertdialog"
      isOpen={isOpen}
      onClose={close}
    >
      {report ? (
        <p role="status">
          <Mark
            shape={report.proven_gone ? "tick" : "triangle"}
            meaning={report.proven_gone ? "good" : "stopped"}
            word={report.sentence}
          />
        </p>
      ) : (
        <>
          <p>{message("settings-forget-key-question")}</p>
          {unsent > 0 ? (
            <p>
              <strong>{message("main-window-unsent", { count: unsent })}</strong>{" "}
              {message("settings-forget-key-unsent", { count: unsent })}
            </p>
          ) : null}
        </>
      )}
      {forget.isError ? (
        <Refusal>
          {forget.error.problem.message} {forget.error.problem.hint ?? ""}
        </Refusal>
      ) : null}
      <DialogActions>
        {report ? (
          <Button variant="next" onPress={close}>
            {message("settings-forget-key-close-button")}
          </Button>
        ) : (
          <>
            <Button
              variant="danger"
              isPending={forget.isPending}
              onPress={() => forget.mutate(NO_ARGS)}
            >
              {message("settings-forget-key-button")}
            </Button>
            <Button variant="next" autoFocus onPress={close}>
              {message("settings-forget-key-keep-button")}
            </Button>
          </>
        )}
      </DialogActions>
    </ModalDialog>
  );
}
