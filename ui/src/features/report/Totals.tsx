import { Sentence } from "../../components/Sentence";
import type { Messages } from "../../generated/messages";
import type { ReportRow } from "../../generated/ReportRow";
import { message } from "../../text/text";
import styles from "./Totals.module.css";

const SUMS = [
  ["report-total-open", "open"],
  ["report-total-due-today", "due_today"],
  ["report-total-overdue", "overdue"],
  ["report-total-callable-now", "callable_now"],
  ["report-total-closing-soon", "closing_soon"],
] as const satisfies readonly (readonly [keyof Messages, keyof ReportRow])[];

/** The sums of all rows, as the core counted them. */
export function Totals({ all, sequences }: { all: ReportRow; sequences: number }) {
  return (
    <p className={styles.totals} data-whole="">
      <span>{message("report-total-sequences", { count: sequences })}</span>
      {SUMS.map(([id, sum]) => (
        <span key={id}>
          <Sentence text={message(id, { count: all[sum] })} />
        </span>
      ))}
    </p>
  );
}
