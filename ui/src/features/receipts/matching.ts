import type { Receipt } from "../../generated/Receipt";
import { catalogue } from "../../text/text";
import { receiptMark } from "./state-marks";

/** What a rep or a manager may know of a call: whom, what came of it, its state, an id. */
function searchText(row: Receipt): string {
  const ids = row.steps.map((step) => step.apollo_id ?? "");
  const saved = catalogue.time(row.saved_at, "minutes");
  return [row.who, row.result, receiptMark(row.state).word, saved, row.wrap_up_id, ...ids]
    .join(" ")
    .toLowerCase();
}

/** The receipts that hold every typed word, in their order. */
export function matching(rows: readonly Receipt[], typed: string): Receipt[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = searchText(row);
    return wanted.every((word) => text.includes(word));
  });
}
