import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import type { Phone } from "../../generated/Phone";
import type { ReachState } from "../../generated/ReachState";

/** Why it is asked, as far as the card knows; what exactly is asked is the core's to say. */
const TITLES: Partial<Record<ReachState, string>> = {
  parked: "Call outside calling hours?",
  unknown_time: "Call without knowing the time there?",
};

interface Props {
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
      title={TITLES[reach] ?? "Call all the same?"}
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
          Call anyway
        </Button>
        <Button look={isForRep ? "plain" : "next"} autoFocus={!isForRep} onPress={onNo}>
          Do not call
        </Button>
      </DialogActs>
    </ModalDialog>
  );
}
