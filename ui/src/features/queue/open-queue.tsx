/**
 * The open queue, for every part of its screen: who is selected (`selection`), what is being saved
 * (`saving`), what was typed (`drafts`), and where the keyboard is (`focus`).
 */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { snapshot, useBackend, useSnapshot } from "../../backend/snapshots";
import type { Queue } from "../../generated/Queue";
import { useUndo } from "../undo/undo";
import type { DraftBook } from "../wrap-up/draft-book";
import { useDrafts } from "../wrap-up/drafts";
import { WorkFocus } from "./focus";
import { type Saving, useSaving } from "./saving";
import { type Selection, useSelection } from "./selection";

export interface OpenQueue
  extends Pick<Selection, "selected" | "select">,
    Pick<Saving, "saving" | "refused" | "save" | "skip"> {
  queue: Queue;
  /** Who is selected, also before that is drawn. */
  selectedNow: Selection["now"];
  drafts: DraftBook;
  focus: WorkFocus;
}

const OpenQueueContext = createContext<OpenQueue | null>(null);

export function useOpenQueue(): OpenQueue {
  const open = useContext(OpenQueueContext);
  if (!open) throw new Error("A part of the queue is drawn outside it");
  return open;
}

export function OpenQueueProvider({ queue, children }: { queue: Queue; children: ReactNode }) {
  const drafts = useDrafts();
  const [focus] = useState(() => new WorkFocus());
  const selection = useSelection(queue, drafts);
  const { selected, now: selectedNow, select, show } = selection;
  const { saving, refused, save, skip, forgetRefused } = useSaving(selection, drafts, focus);
  const { onTaken } = useUndo();

  useEffect(() => () => drafts.flushAll(), [drafts]);

  // A wrap-up was taken back: its card is open again, and the rep goes on in its note.
  useEffect(
    () =>
      onTaken((taskId) => {
        const before = selectedNow();
        if (before) void drafts.flush(before);
        forgetRefused();
        show(taskId);
        focus.toNoteOf(taskId);
      }),
    [drafts, focus, forgetRefused, onTaken, selectedNow, show],
  );

  useNeighbours(selected);

  const value = useMemo<OpenQueue>(
    () => ({ queue, selected, selectedNow, select, drafts, focus, saving, refused, save, skip }),
    [queue, selected, selectedNow, select, drafts, focus, saving, refused, save, skip],
  );
  return <OpenQueueContext value={value}>{children}</OpenQueueContext>;
}

/** Reads the cards that the rep goes to next before they are needed. */
function useNeighbours(selected: string | null): void {
  const backend = useBackend();
  const client = useQueryClient();
  const card = useSnapshot("card_get", { task_id: selected ?? "" }, selected !== null).data;
  const next = card?.next ?? null;
  const previous = card?.previous ?? null;
  useEffect(() => {
    for (const taskId of [next, previous]) {
      if (taskId) void client.prefetchQuery(snapshot(backend, "card_get", { task_id: taskId }));
    }
  }, [backend, client, next, previous]);
}
