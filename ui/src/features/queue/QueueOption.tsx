import { memo } from "react";
import { cx } from "../../components/cx";
import { LocalClock } from "../../components/LocalClock";
import { MEANINGS, type Meaning, type Shape, ShapeIcon } from "../../components/Mark";
import type { QueueRow } from "../../generated/QueueRow";
import { Message, message } from "../../text/text";
import { REACH_MARKS } from "../card/reach-marks";
import styles from "./QueueOption.module.css";

/** Rows that fade to one line. */
export function isDone(row: QueueRow): boolean {
  return row.state === "finished" || row.state === "skipped" || row.state === "gone";
}

/** Nobody is called twice, so no green dot says that they can be called. */
const CALLED: { shape: Shape; meaning: Meaning } = { shape: "tick", meaning: "closed" };

function stateText({ state, result, reach }: QueueRow): string {
  switch (state) {
    case "open":
      return reach.short || message("queue-row-callable");
    case "on_call":
      return message("queue-row-on-call");
    case "catching_up":
      return message("queue-row-catching-up");
    case "finished":
    case "skipped":
    case "gone":
      return result
        ? message("queue-row-done-with-result", { state, result })
        : message("queue-row-done", { state });
  }
}

/** "Dana Example, Northwind, 2 d overdue, opens 09:00" */
function optionName(row: QueueRow): string {
  const { name, company } = row;
  const [due, state] = [row.due.text, stateText(row)];
  return company
    ? message("queue-row-name", { name, company, due, state })
    : message("queue-row-name-without-company", { name, due, state });
}

interface Props {
  row: QueueRow;
  top: number;
  height: number;
  place: number;
  total: number;
  isSelected: boolean;
  isSaving: boolean;
  onSelect: (taskId: string) => void;
}

export const QueueOption = memo(function QueueOption(props: Props) {
  const { row, top, height, place, total, isSelected, isSaving, onSelect } = props;
  const done = isDone(row) || isSaving;
  const isCalled = row.state === "catching_up";
  const reach = isCalled ? CALLED : REACH_MARKS[row.reach.state];
  const name = optionName(row);
  const company = <bdi>{row.company ?? row.title ?? message("queue-row-no-company")}</bdi>;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keyboard; options are its active descendants
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus
    <div
      id={`task-${row.task_id}`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={place}
      aria-label={name}
      title={name}
      className={cx(styles.row, done && styles.done)}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row.task_id)}
    >
      {done ? (
        <div className={styles.line}>
          <ShapeIcon shape={row.state === "finished" || isSaving ? "tick" : "dash"} />
          <bdi className={styles.name}>{row.name}</bdi>
          <span className={styles.end}>
            {isSaving ? message("queue-row-saving") : (row.result ?? stateText(row))}
          </span>
        </div>
      ) : (
        <>
          <div className={styles.line}>
            <span className={styles.name}>
              <bdi>{row.name}</bdi>
              {row.has_draft && row.state === "open" ? (
                <span className={styles.draft}> {message("queue-row-draft")}</span>
              ) : null}
            </span>
            <span className={cx(styles.end, MEANINGS[reach.meaning])}>
              {row.state === "on_call" ? (
                <strong>{message("queue-row-on-call-mark")}</strong>
              ) : isCalled ? (
                <span>{message("queue-row-called-mark")}</span>
              ) : (
                <>
                  {row.reach.short ? <span>{row.reach.short}</span> : null}
                  {row.local_time && !(row.reach.short && row.local_time.latest_zone) ? (
                    <span className={styles.time}>
                      <LocalClock time={row.local_time} />
                    </span>
                  ) : null}
                </>
              )}
              <ShapeIcon shape={reach.shape} />
            </span>
          </div>
          <div className={cx(styles.line, styles.more)}>
            <span className={styles.company}>
              {row.step === null ? (
                company
              ) : (
                <Message
                  id="queue-row-company-and-step"
                  values={{ company: { element: company }, step: row.step }}
                />
              )}
            </span>
            <span className={styles.end}>
              {row.priority === "high" || row.priority === "urgent" ? (
                <span className={styles.high}>
                  {message("queue-row-priority", { priority: row.priority })}
                </span>
              ) : null}
              <span className={cx(row.due.state === "overdue" && styles.overdue)}>
                {row.due.text}
              </span>
            </span>
          </div>
        </>
      )}
    </div>
  );
});

type UnreadProps = Pick<Props, "top" | "height" | "place" | "total">;

/** The place of a row that is being read. */
export const UnreadOption = memo(function UnreadOption(props: UnreadProps) {
  const { top, height, place, total } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus
    <div
      role="option"
      aria-selected={false}
      aria-setsize={total}
      aria-posinset={place}
      aria-label={message("queue-row-unread")}
      className={styles.row}
      style={{ height, transform: `translateY(${top}px)` }}
    />
  );
});
