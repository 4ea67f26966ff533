import { Gauge } from "lucide-react";
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  Heading,
  Popover,
} from "react-aria-components";
import { Button } from "../../components/Button";
import { count } from "../../components/time";
import { BudgetPanel } from "./BudgetPanel";

export function BudgetButton({ left }: { left: number | null }) {
  return (
    <DialogTrigger>
      <AriaButton
        className="bar-button"
        aria-label={
          left === null ? "Call budget" : `Call budget, ${count(left)} calls left this hour`
        }
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
      <Popover className="popover" placement="bottom end">
        <Dialog className="dialog budget">
          {({ close }) => (
            <>
              <Heading slot="title" className="dialog-title">
                Call budget
              </Heading>
              <BudgetPanel />
              <div className="dialog-acts">
                <Button onPress={close}>Close</Button>
              </div>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
