import { memo } from "react";
import { isolated } from "../../backend/plain";
import { cx } from "../../components/cx";
import { LocalClock } from "../../components/LocalClock";
import { MEANINGS, type Meaning, type Shape, ShapeIcon } from "../../components/Mark";
import type { QueueRow } from "../../generated/QueueRow";
import type { ReachState } from "../../generated/ReachState";
import styles from "./QueueOption.module.css";

const REACH: Record<ReachState, { shape: Shape; meaning: Meaning }> = {
  callable: { shape: "full", meaning: "good" },
  closing_soon: { shape: "half", meaning: "waits" },
  parked: { shape: "ring", meaning: "closed" },
  unknown_time: { shape: "diamond", meaning: "waits" },
  ask_first: { shape: "diamond", meaning: "waits" },
  no_number: { shape: "dash", meaning: "closed" },
  do_not_call: { shape: "triangle", meaning: "stopped" },
};

/** Rows that fade to one line. */
export function isDone(row: QueueRow): boolean {
  return row.state === "finished" || row.state === "skipped" || row.state === "gone";
}

const STATE_WORDS: Record<QueueRow["state"], string> = {
  open: "",
  on_call: "on a call",
  finished: "finished",
  skipped: "skipped",
  gone: "gone from Apollo",
  catching_up: "called already, Apollo is catching up",
};

/** Nobody is called twice, so no green dot says that they can be called. */
const CALLED: { shape: Shape; meaning: Meaning } = { shape: "tick", meaning: "closed" };

function stateWords(row: QueueRow): string {
  const words = STATE_WORDS[row.state];
  if (isDone(row)) return row.result ? `${words}: ${row.result}` : words;
  return words || row.reach.short || "callable now";
}

/** "Dana Example, Northwind, 2 d overdue, opens 09:00" */
function optionName(row: QueueRow): string {
  return [row.name, row.company, row.due.text, stateWords(row)]
    .flatMap((part) => (part ? [isolated(part)] : []))
    .join(", ");
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
  const reach = isCalled ? CALLED : REACH[row.reach.state];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keyboard; options are its active descendants
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus
    <div
      id={`task-${row.task_id}`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={place}
      aria-label={optionName(row)}
      title={optionName(row)}
      className={cx(styles.row, done && styles.done)}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row.task_id)}
    >
      {done ? (
        <div className={styles.line}>
          <ShapeIcon shape={row.state === "finished" || isSaving ? "tick" : "dash"} />
          <bdi className={styles.name}>{row.name}</bdi>
          <span className={styles.end}>
            {isSaving ? "Saving…" : (row.result ?? stateWords(row))}
          </span>
        </div>
      ) : (
        <>
          <div className={styles.line}>
            <span className={styles.name}>
              <bdi>{row.name}</bdi>
              {row.has_draft && row.state === "open" ? (
                <span className={styles.draft}> draft</span>
              ) : null}
            </span>
            <span className={cx(styles.end, MEANINGS[reach.meaning])}>
              {row.state === "on_call" ? (
                <strong>On a call</strong>
              ) : isCalled ? (
                <span>Called already</span>
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
              <bdi>{row.company ?? row.title ?? "No company"}</bdi>
              {row.step !== null ? ` · step ${row.step}` : ""}
            </span>
            <span className={styles.end}>
              {row.priority === "high" || row.priority === "urgent" ? (
                <span className={styles.high}>{row.priority} ·</span>
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
      aria-label="Being read"
      className={styles.row}
      style={{ height, transform: `translateY(${top}px)` }}
    />
  );
});
