import { ShapeIcon } from "../../components/Mark";
import { timerText, useRanSeconds } from "../../components/time";
import type { Call } from "../../generated/Call";
import styles from "./CallTimer.module.css";

/** As the core has measured it, which is what is logged. */
function secondsOf(call: Call): number {
  if (call.state === "not_dialed") return 0;
  return call.state === "ended" ? call.duration_s : call.ran_s;
}

const WORDS: Record<Call["state"], string> = {
  not_dialed: "Not called yet",
  ongoing: "On the call",
  ended: "Call ended",
};

export function CallTimer({ call, isSaving }: { call: Call; isSaving: boolean }) {
  const seconds = useRanSeconds(secondsOf(call), call.state === "ongoing");
  return (
    <div className={styles.timer} data-state={call.state}>
      <ShapeIcon
        shape={call.state === "ongoing" ? "full" : call.state === "ended" ? "tick" : "ring"}
        className={styles.shape}
      />
      <span role="timer" aria-label="Call timer" className={styles.text}>
        {timerText(seconds)}
      </span>
      <span className={styles.words} data-whole="">
        {isSaving ? (
          <span className={styles.saving} aria-hidden="true">
            Saving the last call…
          </span>
        ) : (
          WORDS[call.state]
        )}
        {call.state === "not_dialed" ? null : <span>{call.display}</span>}
      </span>
    </div>
  );
}
