/** How many calls wait for Apollo, whatever is shown at the moment. */
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";

type Counts = Pick<Status, "sandbox" | "unsent" | "unsent_elsewhere">;

/** All calls that wait on this computer. Those of the sample data are nobody's. */
export function waitingInAll({ sandbox, unsent, unsent_elsewhere: elsewhere }: Counts): number {
  return (sandbox ? 0 : unsent) + elsewhere;
}

/** What the title bar says of calls that wait where nobody looks now; nothing if there are none. */
export function elsewhereWords({ sandbox, unsent_elsewhere: elsewhere }: Counts): string | null {
  if (elsewhere === 0) return null;
  const shown = sandbox ? "sandbox" : "apollo";
  return message("main-window-unsent-elsewhere", { shown, count: elsewhere });
}
