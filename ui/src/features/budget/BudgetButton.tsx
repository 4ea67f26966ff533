import { Gauge } from "lucide-react";
import { Message, message } from "../../text/text";
import { BarButton } from "../main-window/BarButton";
import styles from "./BudgetButton.module.css";

export function BudgetButton({ left, onPress }: { left: number | null; onPress: () => void }) {
  return (
    <BarButton
      aria-haspopup="dialog"
      aria-label={
        left === null ? message("budget-button") : message("budget-button-name", { count: left })
      }
      onPress={onPress}
    >
      <Gauge size={16} aria-hidden="true" />
      {left === null ? (
        message("budget-button")
      ) : (
        <span>
          <Message
            id="budget-button-left"
            values={{
              count: left,
              hour: {
                element: <span className={styles.wide}>{message("budget-button-hour")}</span>,
              },
            }}
          />
        </span>
      )}
    </BarButton>
  );
}
