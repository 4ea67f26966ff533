/** Calls are unsent, and somebody wants to quit: says what is saved, and asks. */
import { useEffect, useRef } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { useProblems } from "../../components/problems";
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
import { waitingInAll } from "./waiting";

export function QuitDialog({ status }: { status: Status }) {
  const quit = useCommand("quit_now");
  const stay = useCommand("quit_stay");
  const problems = useProblems();
  const { is_closing: isClosing } = status;
  const unsent = waitingInAll(status);
  const { mutate: quitNow } = quit;
  const showProblem = problems.show;

  // The last call was sent while the question was open: nothing is left to ask.
  const isAsked = useRef(false);
  useEffect(() => {
    if (!isClosing) isAsked.current = false;
    else if (unsent === 0 && !isAsked.current) {
      isAsked.current = true;
      quitNow(NO_ARGS, { onError: showProblem });
    }
  }, [isClosing, unsent, quitNow, showProblem]);

  const keepOpen = () => stay.mutate(NO_ARGS, { onError: showProblem });
  return (
    <ModalDialog
      title={message("main-window-quit-title")}
      role="alertdialog"
      isOpen={isClosing && unsent > 0}
      onClose={keepOpen}
    >
      <p>
        <strong>{message("main-window-unsent", { count: unsent })}</strong>{" "}
        {message("main-window-quit-safe", { count: unsent })}
      </p>
      <DialogActions>
        <Button isPending={stay.isPending} onPress={keepOpen}>
          {message("main-window-stay-button")}
        </Button>
        <Button
          variant="next"
          autoFocus
          isPending={quit.isPending}
          onPress={() => quit.mutate(NO_ARGS, { onError: showProblem })}
        >
          {message("main-window-quit-button")}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
