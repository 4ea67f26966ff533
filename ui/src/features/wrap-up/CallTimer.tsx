import { ShapeIcon } from "../../components/Mark";
import { timerText, useNow } from "../../components/time";
import type { Call } from "../../generated/Call";

function secondsOf(call: Call, now: number): number {
  if (call.state === "not_dialed") return 0;
  if (call.state === "ended") return call.duration_s;
  return (now - new Date(call.started_at).getTime()) / 1000;
}

const WORDS: Record<Call["state"], string> = {
  not_dialed: "Not called yet",
  ongoing: "On the call",
  ended: "Call ended",
};

export function CallTimer({ call, isSaving }: { call: Call; isSaving: boolean }) {
  const now = useNow("second", call.state === "ongoing");
  return (
    <div className={`timer timer-${call.state}`}>
      <ShapeIcon
        shape={call.state === "ongoing" ? "full" : call.state === "ended" ? "tick" : "ring"}
      />
      <span role="timer" aria-label="Call timer" className="timer-text">
        {timerText(secondsOf(call, now))}
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
