/**
 * The open queue: who is selected, and the saving that goes on behind the next card.
 *
 * Promises: *save and next* shows the next card in the same frame; until the last wrap-up is on
 * disk nothing can be dialed; if it is refused, its card and every word are back.
 */

import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { toBackendError } from "../../backend/backend";
import { isolated } from "../../backend/plain";
import { remember, snapshot, useBackend, useSnapshot } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { useProblems } from "../../components/problems";
import type { CallForm } from "../../generated/CallForm";
import type { Card } from "../../generated/Card";
import type { Problem } from "../../generated/Problem";
import type { Queue } from "../../generated/Queue";
import type { SkipReason } from "../../generated/SkipReason";
import { useUndo } from "../undo/undo";
import type { DraftBook } from "../wrap-up/draft-book";
import { useDrafts } from "../wrap-up/drafts";
import { focusNoteOf, focusNoteSoon, focusQueueSoon } from "./focus";

/** Held keys move the selection faster than the core needs to know of it. */
const SELECT_DELAY_MS = 120;

export interface OpenQueue {
  queue: Queue;
  selected: string | null;
  /** Who is selected, also before that is drawn. */
  selectedNow: () => string | null;
  select: (taskId: string) => void;
  drafts: DraftBook;
  /** The task whose wrap-up is not on disk yet. */
  saving: string | null;
  /** Why the last wrap-up of this task was refused. */
  refused: { taskId: string; problem: Problem } | null;
  save: (card: Card, form: CallForm) => void;
  skip: (card: Card, reason: SkipReason, note: string) => void;
}

const OpenQueueContext = createContext<OpenQueue | null>(null);

export function useOpenQueue(): OpenQueue {
  const work = useContext(OpenQueueContext);
  if (!work) throw new Error("A part of the queue is drawn outside it");
  return work;
}

export function OpenQueueProvider({ queue, children }: { queue: Queue; children: ReactNode }) {
  const backend = useBackend();
  const client = useQueryClient();
  const announce = useAnnounce();
  const problems = useProblems();
  const showProblem = problems.show;
  const drafts = useDrafts();
  const { takeAfter, onTaken } = useUndo();

  // Undefined until the rep or a save has moved; null when a save led to no next card.
  const [own, setOwn] = useState<string | null | undefined>(() => queue.selected ?? undefined);
  const [saving, setSaving] = useState<string | null>(null);
  const [refused, setRefused] = useState<OpenQueue["refused"]>(null);
  const latest = useRef(own);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  // Rows that arrive after an empty start: the first of them is selected.
  const selected = own === undefined ? queue.selected : own;

  const show = useCallback((taskId: string | null) => {
    latest.current = taskId;
    setOwn(taskId);
  }, []);

  const selectedNow = useCallback(() => latest.current ?? null, []);

  const select = useCallback(
    (taskId: string) => {
      if (latest.current) void drafts.flush(latest.current);
      show(taskId);
      if (timer.current) clearTimeout(timer.current);
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

  const drawn = useRef(true);
  useEffect(() => {
    drawn.current = true;
    return () => {
      drawn.current = false;
      drafts.flushAll();
    };
  }, [drafts]);

  // A wrap-up was taken back: its card is open again, and the rep goes on in its note.
  useEffect(
    () =>
      onTaken((taskId) => {
        if (latest.current) void drafts.flush(latest.current);
        if (timer.current) clearTimeout(timer.current);
        setRefused(null);
        show(taskId);
        focusNoteOf(taskId);
      }),
    [drafts, onTaken, show],
  );

  const leave = useCallback(
    async (card: Card, writing: Promise<{ next: string | null }>, words: string) => {
      const taskId = card.task_id;
      if (timer.current) clearTimeout(timer.current);
      setSaving(taskId);
      setRefused(null);
      show(card.next);
      focusQueueSoon();
      try {
        takeAfter(writing);
        const saved = await writing;
        drafts.forget(taskId);
        announce(words);
        // The core chose another next card, and the rep has not moved since.
        if (latest.current === card.next && saved.next !== card.next) show(saved.next);
      } catch (thrown) {
        const { problem } = toBackendError(thrown);
        // The rep looks at another screen: the words are in the draft, the reason is said there.
        if (!drawn.current) showProblem(thrown);
        setRefused({ taskId, problem });
        show(taskId);
        // Work goes on where the words are.
        focusNoteSoon();
      } finally {
        setSaving(null);
        void client.invalidateQueries({ queryKey: ["queue_get"] });
        void client.invalidateQueries({ queryKey: ["queue_rows_get"] });
        void client.invalidateQueries({ queryKey: ["card_get", { task_id: taskId }] });
      }
    },
    [announce, client, drafts, show, showProblem, takeAfter],
  );

  const save = useCallback(
    (card: Card, form: CallForm) => {
      if (!form.outcome) return;
      const args = { task_id: card.task_id, form };
      drafts.write(card.task_id, form);
      const writing = drafts
        .handOver(card.task_id)
        .then(() => backend.call("wrap_up_save", args))
        .catch((thrown: unknown) => {
          drafts.write(card.task_id, form);
          throw thrown;
        });
      void leave(card, writing, `Saved the call with ${isolated(card.contact.name)}`);
    },
    [backend, drafts, leave],
  );

  const skip = useCallback(
    (card: Card, reason: SkipReason, note: string) =>
      void leave(
        card,
        drafts
          .settle(card.task_id)
          .then(() => backend.call("task_skip", { task_id: card.task_id, reason, note })),
        `Skipped ${isolated(card.contact.name)}`,
      ),
    [backend, drafts, leave],
  );

  // The card that *save and next* leads to is here before it is needed.
  const card = useSnapshot("card_get", { task_id: selected ?? "" }, selected !== null).data;
  const next = card?.next ?? null;
  const previous = card?.previous ?? null;
  useEffect(() => {
    for (const taskId of [next, previous]) {
      if (taskId) void client.prefetchQuery(snapshot(backend, "card_get", { task_id: taskId }));
    }
  }, [backend, client, next, previous]);

  const value = useMemo<OpenQueue>(
    () => ({ queue, selected, selectedNow, select, drafts, saving, refused, save, skip }),
    [queue, selected, selectedNow, select, drafts, saving, refused, save, skip],
  );
  return <OpenQueueContext value={value}>{children}</OpenQueueContext>;
}
