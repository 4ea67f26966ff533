import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { message } from "../../text/text";
import { BudgetPanel } from "./BudgetPanel";

export function BudgetDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title={message("budget-title")} isOpen={isOpen} onClose={onClose} wide>
      <BudgetPanel />
      <DialogActions>
        <Button variant="next" onPress={onClose}>
          {message("budget-close-button")}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
