import { ShapeIcon } from "../../components/Mark";
import { timerText, useRanSeconds } from "../../components/time";
import type { Call } from "../../generated/Call";

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
    <div className={`timer timer-${call.state}`}>
      <ShapeIcon
        shape={call.state === "ongoing" ? "full" : call.state === "ended" ? "tick" : "ring"}
      />
      <span role="timer" aria-label="Call timer" className="timer-text">
        {timerText(seconds)}
      </span>
      <span className="timer-words">
        {isSaving ? (
          <span className="timer-saving" aria-hidden="true">
            Saving the last call…
          </span>
        ) : (
          WORDS[call.state]
        )}
        {call.state === "not_dialed" ? null : <span className="timer-number">{call.display}</span>}
      </span>
    </div>
  );
}
