import { count } from "../../components/time";
import type { ReportRow } from "../../generated/ReportRow";
import styles from "./Totals.module.css";

/** The sums of all rows, as the core counted them. */
export function Totals({ all, sequences }: { all: ReportRow; sequences: number }) {
  const parts: [string, number][] = [
    ["open", all.open],
    ["due today", all.due_today],
    ["overdue", all.overdue],
    ["callable now", all.callable_now],
    ["closing soon", all.closing_soon],
  ];
  return (
    <p className={styles.totals} data-whole="">
      <span>{count(sequences)} sequences</span>
      {parts.map(([word, value]) => (
        <span key={word}>
          <strong>{count(value)}</strong> {word}
        </span>
      ))}
    </p>
  );
}
