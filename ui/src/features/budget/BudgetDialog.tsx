import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { BudgetPanel } from "./BudgetPanel";

export function BudgetDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title="Call budget" isOpen={isOpen} onClose={onClose} wide>
      <BudgetPanel />
      <DialogActs>
        <Button look="next" onPress={onClose}>
          Close
        </Button>
      </DialogActs>
    </ModalDialog>
  );
}
