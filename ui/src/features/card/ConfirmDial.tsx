import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import type { Phone } from "../../generated/Phone";
import type { ReachState } from "../../generated/ReachState";
import { message } from "../../text/text";

interface Props {
  /** Why it is asked, as far as the card knows; what exactly is asked is the core's to say. */
  reach: ReachState;
  asking: { phone: Phone; message: string } | null;
  onNo: () => void;
  onYes: (phone: Phone) => void;
}

export function ConfirmDial({ reach, asking, onNo, onYes }: Props) {
  // Nothing speaks against the call: the rep, who may know the time there, has looked at it now.
  const isForRep = reach === "unknown_time" && !asking?.phone.asks;
  return (
    <ModalDialog
      title={message("card-confirm-title", { reach })}
      role="alertdialog"
      isOpen={asking !== null}
      onClose={onNo}
    >
      <p>{asking?.message}</p>
      <DialogActs>
        <Button
          look={isForRep ? "next" : "plain"}
          autoFocus={isForRep}
          onPress={() => {
            if (asking) onYes(asking.phone);
          }}
        >
          {message("card-confirm-call-button")}
        </Button>
        <Button look={isForRep ? "plain" : "next"} autoFocus={!isForRep} onPress={onNo}>
          {message("card-confirm-do-not-call-button")}
        </Button>
      </DialogActs>
    </ModalDialog>
  );
}
