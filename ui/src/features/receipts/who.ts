import type { Receipt } from "../../generated/Receipt";
import { message } from "../../text/text";

/**
 * Whom the call was with. Names are in memory only, so there is none after a restart, or for a rep
 * who was here before.
 */
export function whoText({ who }: Pick<Receipt, "who">): string {
  return who ?? message("receipts-name-not-kept");
}
