import { Gauge } from "lucide-react";
import { count } from "../../components/time";
import { BarButton } from "../main-window/BarButton";
import styles from "./BudgetButton.module.css";

export function BudgetButton({ left, onPress }: { left: number | null; onPress: () => void }) {
  return (
    <BarButton
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
          {count(left)} calls left<span className={styles.wide}> this hour</span>
        </span>
      )}
    </BarButton>
  );
}
