import { Button } from "../../components/Button";
import { Mark, type Meaning, type Shape } from "../../components/Mark";
import type { Card } from "../../generated/Card";
import type { RowState } from "../../generated/RowState";
import { message } from "../../text/text";
import { useViews } from "../main-window/views";
import { useOpenQueue } from "../queue/open-queue";
import styles from "./DoneCard.module.css";

/** What became of a task on which nothing is left to do. */
export const DONE_MARKS: Partial<
  Record<RowState, { shape: Shape; meaning: Meaning; word: string }>
> = {
  finished: { shape: "tick", meaning: "good", word: message("wrap-up-done-finished") },
  skipped: { shape: "dash", meaning: "closed", word: message("wrap-up-done-skipped") },
  gone: { shape: "dash", meaning: "closed", word: message("wrap-up-done-gone") },
  catching_up: { shape: "half", meaning: "waits", word: message("wrap-up-done-catching-up") },
};

/** Nothing is left to do on this task: say so, and where to look. */
export function DoneCard({ card }: { card: Card }) {
  const { select, focus } = useOpenQueue();
  const { go } = useViews();
  const mark = DONE_MARKS[card.state];
  const { next, result } = card;
  return (
    <div className={styles.done}>
      {mark ? <Mark {...mark} /> : null}
      {result ? <p className={styles.result}>{result}</p> : null}
      <div className={styles.actions}>
        {next ? (
          <Button
            variant="next"
            onPress={() => {
              select(next);
              focus.toListSoon();
            }}
          >
            {message("wrap-up-go-to-next-button")}
          </Button>
        ) : null}
        <Button shortcut="r" onPress={() => go("calls")}>
          {message("wrap-up-show-receipts-button")}
        </Button>
      </div>
    </div>
  );
}
