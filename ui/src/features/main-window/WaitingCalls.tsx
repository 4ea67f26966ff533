/** Says on the first screens, which have no title bar, that calls wait for Apollo. */
import type { Status } from "../../generated/Status";
import { unsentWords, waitingInAll } from "./waiting";

export function WaitingCalls({ status }: { status: Status }) {
  const waiting = waitingInAll(status);
  if (waiting === 0) return null;
  return (
    <p role="status" aria-label="Unsent calls">
      <strong>{unsentWords(waiting)}</strong>{" "}
      {waiting === 1
        ? "It stays saved on this computer, and is logged as the rep who made it."
        : "They stay saved on this computer, and each is logged as the rep who made it."}
    </p>
  );
}
