import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import type { Phone } from "../../generated/Phone";

interface Props {
  asking: { phone: Phone; message: string } | null;
  onNo: () => void;
  onYes: (phone: Phone) => void;
}

export function ConfirmDial({ asking, onNo, onYes }: Props) {
  return (
    <ModalDialog
      title="Call outside calling hours?"
      role="alertdialog"
      isOpen={asking !== null}
      onClose={onNo}
    >
      <p>{asking?.message}</p>
      <DialogActs>
        <Button
          onPress={() => {
            if (asking) onYes(asking.phone);
          }}
        >
          Call anyway
        </Button>
        <Button look="next" autoFocus onPress={onNo}>
          Do not call
        </Button>
      </DialogActs>
    </ModalDialog>
  );
}
