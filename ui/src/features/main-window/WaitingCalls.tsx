/** Says on the first screens, which have no title bar, that calls wait for Apollo. */
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
import { waitingInAll } from "./waiting";

export function WaitingCalls({ status }: { status: Status }) {
  const waiting = waitingInAll(status);
  if (waiting === 0) return null;
  return (
    <p role="status" aria-label={message("main-window-waiting")}>
      <strong>{message("main-window-unsent", { count: waiting })}</strong>{" "}
      {message("main-window-waiting-safe", { count: waiting })}
    </p>
  );
}
