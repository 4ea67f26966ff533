import { ShapeIcon } from "../../components/Mark";
import { timerText, useRanSeconds } from "../../components/time";
import type { Call } from "../../generated/Call";
import type { Messages } from "../../generated/messages";
import { message } from "../../text/text";
import styles from "./CallTimer.module.css";

/** The length as the core has measured it, which is also logged. */
function secondsOf(call: Call): number {
  if (call.state === "not_dialed") return 0;
  return call.state === "ended" ? call.duration_s : call.ran_s;
}

const STATE_TEXTS = {
  not_dialed: "wrap-up-call-not-dialed",
  ongoing: "wrap-up-call-ongoing",
  ended: "wrap-up-call-ended",
} as const satisfies Record<Call["state"], keyof Messages>;

export function CallTimer({ call, isSaving }: { call: Call; isSaving: boolean }) {
  const seconds = useRanSeconds(secondsOf(call), call.state === "ongoing");
  return (
    <div className={styles.timer} data-state={call.state}>
      <ShapeIcon
        shape={call.state === "ongoing" ? "full" : call.state === "ended" ? "tick" : "ring"}
        className={styles.shape}
      />
      <span role="timer" aria-label={message("wrap-up-timer")} className={styles.text}>
        {timerText(seconds)}
      </span>
      <span className={styles.state} data-whole="">
        {isSaving ? (
          <span className={styles.saving} aria-hidden="true">
            {message("wrap-up-saving")}
          </span>
        ) : (
          message(STATE_TEXTS[call.state])
        )}
        {call.state === "not_dialed" ? null : <span>{call.display}</span>}
      </span>
    </div>
  );
}
