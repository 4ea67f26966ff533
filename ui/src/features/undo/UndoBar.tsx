import { Button } from "../../components/Button";
import { ShapeIcon } from "../../components/Mark";
import { useSecondsUntil } from "../../components/time";
import type { Undo } from "../../generated/Undo";
import { message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { useUndo } from "./undo";
import styles from "./UndoBar.module.css";

function savedText({ kind, who, result }: Undo): string {
  if (who && result) return message("undo-saved-who-and-result", { kind, who, result });
  if (who) return message("undo-saved-who", { kind, who });
  if (result) return message("undo-saved-result", { kind, result });
  return message("undo-saved", { kind });
}

/** What was saved last, while it can be taken back. A line of its own, so that it covers nothing. */
export function UndoBar({ undo }: { undo: Undo | null }) {
  const { undo: takeBack } = useUndo();
  const seconds = useSecondsUntil(undo?.until ?? null);
  const onUndo = () => void takeBack();
  // Also before and after the line is shown: a quick rep is ahead of it, a late one is told.
  useAction("undo", onUndo);
  if (!undo || seconds === 0) return null;
  return (
    <section className={styles.bar} aria-label={message("undo-region")}>
      <ShapeIcon shape={undo.kind === "skip" ? "dash" : "tick"} className={styles.shape} />
      <span className={styles.text}>{savedText(undo)}</span>
      <Button variant="quiet" shortcut="z" className={styles.button} onPress={onUndo}>
        {message("undo-button")}
      </Button>
      {/* Not spoken: a count every second would drown the next card. */}
      <span className={styles.left} aria-hidden="true">
        {message("undo-seconds-left", { seconds })}
      </span>
    </section>
  );
}
