/** An update is ready: says what happens, and asks. */
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import type { UpdateView } from "../../generated/UpdateView";
import { message } from "../../text/text";
import { InstallButton, UpdateSentence } from "./UpdateActions";

interface Props {
  update: UpdateView;
  isOpen: boolean;
  onClose: () => void;
}

export function UpdateDialog({ update, isOpen, onClose }: Props) {
  return (
    <ModalDialog title={message("update-title")} isOpen={isOpen} onClose={onClose}>
      <UpdateSentence update={update} />
      <DialogActions>
        <Button autoFocus onPress={onClose}>
          {message("update-later-button")}
        </Button>
        <InstallButton update={update} />
      </DialogActions>
    </ModalDialog>
  );
}
