import type { Receipt } from "../../generated/Receipt";
import { message } from "../../text/text";

/** Whom the call was with. Names are in memory only, so after a restart, and for a rep who was here before, there is none. */
export function whoWords({ who }: Pick<Receipt, "who">): string {
  return who ?? message("receipts-name-not-kept");
}
