import { message } from "../text/text";
import { cx } from "./cx";
import { StartArea } from "./StartPage";
import button from "./Button.module.css";
import styles from "./States.module.css";

/** A whole window that could not be drawn: what is safe, and the way to begin anew. */
export function WindowFailed() {
  return (
    <StartArea>
      <div className={styles.empty} role="alert">
        <h1 className={styles.title}>{message("components-window-failed")}</h1>
        <p className={styles.text}>{message("components-window-failed-safe")}</p>
        <p className={styles.text}>{message("components-window-failed-next")}</p>
        <div className={styles.action}>
          {/* A plain element: our own button may be made of the very part that failed. */}
          <button
            type="button"
            className={cx(button.button, button.next)}
            onClick={() => window.location.reload()}
          >
            {message("components-window-load-button")}
          </button>
        </div>
      </div>
    </StartArea>
  );
}
