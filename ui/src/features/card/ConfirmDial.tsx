import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import type { Phone } from "../../generated/Phone";
import type { ReachState } from "../../generated/ReachState";
import { message } from "../../text/text";

interface Props {
  /** Why the question is asked, as far as the card knows; its text comes from the core. */
  reach: ReachState;
  asking: { phone: Phone; message: string } | null;
  onNo: () => void;
  onYes: (phone: Phone) => void;
}

export function ConfirmDial({ reach, asking, onNo, onYes }: Props) {
  // Only the time there is unknown. The rep may know it, and nothing else speaks against the call.
  const isForRep = reach === "unknown_time" && !asking?.phone.asks;
  return (
    <ModalDialog
      title={message("card-confirm-title", { reach })}
      role="alertdialog"
      isOpen={asking !== null}
      onClose={onNo}
    >
      <p>{asking?.message}</p>
      <DialogActions>
        <Button
          variant={isForRep ? "next" : "plain"}
          autoFocus={isForRep}
          onPress={() => {
            if (asking) onYes(asking.phone);
          }}
        >
          {message("card-confirm-call-button")}
        </Button>
        <Button variant={isForRep ? "plain" : "next"} autoFocus={!isForRep} onPress={onNo}>
          {message("card-confirm-do-not-call-button")}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
