import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Mark } from "../../components/Mark";
import { Refusal } from "../../components/Text";
import { unsentWords } from "../main-window/waiting";

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
    <ModalDialog title="Forget the key?" role="alertdialog" isOpen={isOpen} onClose={close}>
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
          <p>
            The key is removed from this computer’s keychain. To work again, somebody must paste a
            master key.
          </p>
          {unsent > 0 ? (
            <p>
              <strong>{unsentWords(unsent)}</strong>{" "}
              {unsent === 1
                ? "It stays safe here and waits for a key."
                : "They stay safe here and wait for a key."}
            </p>
          ) : null}
        </>
      )}
      {forget.isError ? (
        <Refusal>
          {forget.error.problem.message} {forget.error.problem.hint ?? ""}
        </Refusal>
      ) : null}
      <DialogActs>
        {report ? (
          <Button look="next" onPress={close}>
            Close
          </Button>
        ) : (
          <>
            <Button
              look="danger"
              isPending={forget.isPending}
              onPress={() => forget.mutate(NO_ARGS)}
            >
              Forget key
            </Button>
            <Button look="next" autoFocus onPress={close}>
              Keep key
            </Button>
          </>
        )}
      </DialogActs>
    </ModalDialog>
  );
}
