import { cx } from "./cx";
import { StartArea } from "./StartPage";
import button from "./Button.module.css";
import styles from "./States.module.css";

/** A whole window that could not be drawn: what is safe, and the way to begin anew. */
export function WindowFailed() {
  return (
    <StartArea>
      <div className={styles.empty} role="alert">
        <h1 className={styles.title}>This window could not be drawn</h1>
        <p className={styles.text}>
          Handset’s core works on: calls you saved are kept and go to Apollo by themselves.
        </p>
        <p className={styles.text}>
          If loading the window again does not help, restart Handset and send the logs.
        </p>
        <div className={styles.act}>
          {/* The plain element: whatever failed may be what our own are made of. */}
          <button
            type="button"
            className={cx(button.button, button.next)}
            onClick={() => window.location.reload()}
          >
            Load the window again
          </button>
        </div>
      </div>
    </StartArea>
  );
}
