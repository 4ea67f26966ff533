/** How many calls wait for Apollo, whatever is shown at the moment. */
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";

type Counts = Pick<Status, "sandbox" | "unsent" | "unsent_elsewhere">;

/** All calls that wait on this computer. Calls of the sample data do not count. */
export function waitingInAll({ sandbox, unsent, unsent_elsewhere: elsewhere }: Counts): number {
  return (sandbox ? 0 : unsent) + elsewhere;
}

/** The text of the title bar on calls that wait and are not shown now; null if there are none. */
export function elsewhereText({ sandbox, unsent_elsewhere: elsewhere }: Counts): string | null {
  if (elsewhere === 0) return null;
  const shown = sandbox ? "sandbox" : "apollo";
  return message("main-window-unsent-elsewhere", { shown, count: elsewhere });
}
