import { Gauge } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { count } from "../../components/time";
import { BudgetPanel } from "./BudgetPanel";

export function BudgetButton({ left }: { left: number | null }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <AriaButton
        className="bar-button"
        aria-haspopup="dialog"
        aria-label={
          left === null ? "Call budget" : `Call budget, ${count(left)} calls left this hour`
        }
        onPress={() => setOpen(true)}
      >
        <Gauge size={16} aria-hidden="true" />
        {left === null ? (
          "Call budget"
        ) : (
          <span>
            {count(left)} calls left<span className="bar-wide"> this hour</span>
          </span>
        )}
      </AriaButton>
      <ModalDialog title="Call budget" isOpen={isOpen} onClose={close} wide>
        <BudgetPanel />
        <DialogActs>
          <Button look="next" onPress={close}>
            Close
          </Button>
        </DialogActs>
      </ModalDialog>
    </>
  );
}
