/**
 * The rows of the open queue, read a page at a time.
 *
 * Promises: only pages that are in sight are read again when something changes; a row that was read
 * stays on screen until its page is read anew; a failed read is reported. Must never: take a row of
 * one queue for a row of another.
 */
import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import type { Backend, BackendError } from "../../backend/backend";
import { snapshot, useBackend, useSnapshot } from "../../backend/snapshots";
import type { QueueRow } from "../../generated/QueueRow";
import type { QueueRows } from "../../generated/QueueRows";
import type { QueueRowsArgs } from "../../generated/QueueRowsArgs";
import type { QueueSearch } from "../../generated/QueueSearch";

export const PAGE_ROWS = 50;

function page(backend: Backend, search: QueueSearch, number: number) {
  return snapshot(backend, "queue_rows_get", {
    search,
    from: number * PAGE_ROWS,
    count: PAGE_ROWS,
  });
}

const pageOf = (place: number) => Math.floor(place / PAGE_ROWS);

/** Where a task stands in the pages that were read, from 0. */
function placeIn(client: QueryClient, search: QueueSearch, taskId: string): number | null {
  const pages = client.getQueriesData<QueueRows>({ queryKey: ["queue_rows_get"] });
  for (const [key, data] of pages) {
    const args = key[1] as QueueRowsArgs;
    const isOurs = args.search.queue === search.queue && args.search.text === search.text;
    const index = isOurs ? (data?.rows.findIndex((row) => row.task_id === taskId) ?? -1) : -1;
    if (index >= 0) return args.from + index;
  }
  return null;
}

export interface Pages {
  /** Changes whenever a page in sight was read. */
  version: number;
  /** Why a page in sight could not be read, where there is none to show. */
  failed: { error: BackendError; retry: () => void } | null;
  /** How many rows match; undefined until that is known. */
  matching: number | undefined;
  /** Where the selected row stands; null if it does not match, undefined until that is known. */
  place: number | null | undefined;
  /** A row that was read. */
  row: (place: number) => QueueRow | undefined;
  /** A row, which is read if it was not. */
  read: (place: number) => Promise<QueueRow | undefined>;
}

/** Reads the rows from place `first` to `last`, among those that match. */
export function usePages(
  search: QueueSearch,
  selected: string | null,
  [first, last]: readonly [number, number],
): Pages {
  const backend = useBackend();
  const client = useQueryClient();
  const numbers = useMemo(() => {
    const [from, to] = [pageOf(first), pageOf(last)];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }, [first, last]);
  const answers = useQueries({ queries: numbers.map((number) => page(backend, search, number)) });

  const latest = useRef<{ search: QueueSearch; matching: number } | null>(null);
  const known = answers.find((answer) => answer.data !== undefined)?.data;
  if (known) latest.current = { search, matching: known.matching };
  const matching = latest.current?.search === search ? latest.current.matching : undefined;

  const read = selected === null ? null : placeIn(client, search, selected);
  const asked = useSnapshot(
    "queue_place_get",
    { search, task_id: selected ?? "" },
    selected !== null && read === null,
  );
  const place = selected === null ? null : (read ?? asked.data?.place);

  const row = useCallback(
    (at: number) => {
      const { queryKey } = page(backend, search, pageOf(at));
      return client.getQueryData<QueueRows>(queryKey)?.rows[at % PAGE_ROWS];
    },
    [backend, client, search],
  );
  const readRow = useCallback(
    async (at: number) => {
      const { rows } = await client.ensureQueryData(page(backend, search, pageOf(at)));
      return rows[at % PAGE_ROWS];
    },
    [backend, client, search],
  );
  const version = answers.reduce((newest, { dataUpdatedAt }) => newest + dataUpdatedAt, 0);
  const lost = answers.find((answer) => answer.isError && answer.data === undefined);
  const failed = lost?.error ? { error: lost.error, retry: () => void lost.refetch() } : null;
  return { version, failed, matching, place, row, read: readRow };
}
