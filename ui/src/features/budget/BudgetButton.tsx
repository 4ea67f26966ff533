import { Gauge } from "lucide-react";
import { Button } from "react-aria-components";
import { count } from "../../components/time";

export function BudgetButton({ left, onPress }: { left: number | null; onPress: () => void }) {
  return (
    <Button
      className="bar-button"
      aria-haspopup="dialog"
      aria-label={
        left === null ? "Call budget" : `Call budget, ${count(left)} calls left this hour`
      }
      onPress={onPress}
    >
      <Gauge size={16} aria-hidden="true" />
      {left === null ? (
        "Call budget"
      ) : (
        <span>
          {count(left)} calls left<span className="bar-wide"> this hour</span>
        </span>
      )}
    </Button>
  );
}
