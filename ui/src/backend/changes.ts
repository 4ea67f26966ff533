/**
 * Turns `changed` events into re-reads.
 *
 * Promises: what a tag touches is re-read; a gap in the revisions re-reads everything; many events
 * in a row cost one re-read. Must never: patch a snapshot from an event.
 */
import type { QueryClient, QueryFilters } from "@tanstack/react-query";
import type { Changed } from "../generated/Changed";
import type { Tag } from "../generated/Tag";
import type { CommandName } from "./backend";

/** The snapshots that each tag makes stale. */
export const TOUCHED_BY: Record<Tag, readonly CommandName[]> = {
  status: ["status_get"],
  connect: ["connect_get"],
  users: ["users_get"],
  report: ["report_get"],
  queue: ["queue_get", "queue_rows_get", "queue_place_get"],
  card: ["card_get"],
  dispositions: ["dispositions_get", "outcomes_get"],
  receipts: ["receipts_get"],
  budget: ["budget_get"],
  settings: ["settings_get"],
};

export const GATHER_MS = 40;

export type ReRead = { kind: "everything" } | { kind: "commands"; names: ReadonlySet<CommandName> };

/** Gathers events and says what to re-read, at most once per `GATHER_MS`. */
export class Changes {
  private revision: number | null = null;
  private everything = false;
  private names = new Set<CommandName>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly reRead: (what: ReRead) => void) {}

  take(changed: Changed): void {
    if (this.revision !== null && changed.revision !== this.revision + 1) this.everything = true;
    this.revision = changed.revision;
    for (const tag of changed.tags) {
      for (const name of TOUCHED_BY[tag]) this.names.add(name);
    }
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  private flush(): void {
    this.timer = null;
    const what: ReRead = this.everything
      ? { kind: "everything" }
      : { kind: "commands", names: this.names };
    this.everything = false;
    this.names = new Set();
    this.reRead(what);
  }
}

/**
 * Re-reads with a query client. A first reading that is under way when something changes may have
 * been answered before the change, and the client does not begin another one beside it: so it is
 * read once more when it has ended. The client itself gives up later readings and begins them anew.
 */
export function reReadWith(client: QueryClient): (what: ReRead) => void {
  const reRead = (filters: QueryFilters) => {
    const reading = client.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" });
    for (const { state, promise, queryKey } of reading) {
      if (state.data !== undefined) continue;
      const again = () => void client.invalidateQueries({ queryKey, exact: true });
      promise?.then(again, again);
    }
    void client.invalidateQueries(filters);
  };
  return (what) => {
    if (what.kind === "everything") reRead({});
    else for (const name of what.names) reRead({ queryKey: [name] });
  };
}
