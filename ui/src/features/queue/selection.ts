/**
 * Who of the open queue is selected.
 *
 * Promises: the selected card is shown at once, and the core is told a moment later; by then the
 * text that was typed for the card before is on its way to disk. Must never: move by itself.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { remember, useBackend } from "../../backend/snapshots";
import { useProblems } from "../../components/problems";
import type { Queue } from "../../generated/Queue";
import type { DraftBook } from "../wrap-up/draft-book";

/** Held keys move the selection faster than the core needs to know of it. */
const SELECT_DELAY_MS = 120;

export interface Selection {
  selected: string | null;
  /** Who is selected, also before that is drawn. */
  now: () => string | null;
  /** A person selects a task. */
  select: (taskId: string) => void;
  /** Shows a task that the core has selected; null when a save led to no next card. */
  show: (taskId: string | null) => void;
}

export function useSelection(queue: Queue, drafts: DraftBook): Selection {
  const backend = useBackend();
  const client = useQueryClient();
  const { show: showProblem } = useProblems();
  // Undefined until the rep or a save has moved: what the core has selected counts until then, also
  // when the first rows arrive after an empty start.
  const [own, setOwn] = useState<string | null | undefined>(() => queue.selected ?? undefined);
  const latest = useRef(own);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const show = useCallback((taskId: string | null) => {
    if (timer.current) clearTimeout(timer.current);
    latest.current = taskId;
    setOwn(taskId);
  }, []);

  const select = useCallback(
    (taskId: string) => {
      if (latest.current) void drafts.flush(latest.current);
      show(taskId);
      timer.current = setTimeout(() => {
        const sentAtMs = Date.now();
        backend
          .call("queue_select", { task_id: taskId })
          .then((card) => remember(client, "queue_select", card, sentAtMs))
          .catch(showProblem);
      }, SELECT_DELAY_MS);
    },
    [backend, client, drafts, show, showProblem],
  );

  const selected = own === undefined ? queue.selected : own;
  const drawn = useRef(selected);
  useEffect(() => {
    drawn.current = selected;
  }, [selected]);
  const now = useCallback(() => latest.current ?? drawn.current, []);
  return useMemo(() => ({ selected, now, select, show }), [selected, now, select, show]);
}
