/**
 * *Save and next*: the saving that goes on behind the next card.
 *
 * Promises: the next card is shown in the same frame; until the last wrap-up is on disk nothing can be
 * dialed; if it is refused, its card and every word are back. Must never: lose what was typed.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { toBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { useProblems } from "../../components/problems";
import type { CallForm } from "../../generated/CallForm";
import type { Card } from "../../generated/Card";
import type { Problem } from "../../generated/Problem";
import type { SkipReason } from "../../generated/SkipReason";
import { message } from "../../text/text";
import { useUndo } from "../undo/undo";
import type { DraftBook } from "../wrap-up/draft-book";
import type { WorkFocus } from "./focus";
import type { Selection } from "./selection";

export interface Saving {
  /** The task whose wrap-up is not on disk yet. */
  saving: string | null;
  /** Why the last wrap-up of this task was refused. */
  refused: { taskId: string; problem: Problem } | null;
  save: (card: Card, form: CallForm) => void;
  skip: (card: Card, reason: SkipReason, note: string) => void;
  forgetRefused: () => void;
}

export function useSaving({ now, show }: Selection, drafts: DraftBook, focus: WorkFocus): Saving {
  const backend = useBackend();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { show: showProblem } = useProblems();
  const { takeAfter } = useUndo();
  const [saving, setSaving] = useState<string | null>(null);
  const [refused, setRefused] = useState<Saving["refused"]>(null);

  const isDrawn = useRef(true);
  useEffect(() => {
    isDrawn.current = true;
    return () => {
      isDrawn.current = false;
    };
  }, []);

  const leave = useCallback(
    async (card: Card, writing: Promise<{ next: string | null }>, announcement: string) => {
      const taskId = card.task_id;
      setSaving(taskId);
      setRefused(null);
      show(card.next);
      focus.toListSoon();
      try {
        takeAfter(writing);
        const saved = await writing;
        drafts.forget(taskId);
        announce(announcement);
        // The core chose another next card, and the rep has not moved since.
        if (now() === card.next && saved.next !== card.next) show(saved.next);
      } catch (thrown) {
        const { problem } = toBackendError(thrown);
        // The rep is on another screen: the text is in the draft, and the reason is shown there.
        if (!isDrawn.current) showProblem(thrown);
        setRefused({ taskId, problem });
        show(taskId);
        // Work goes on in the note.
        focus.toNoteSoon();
      } finally {
        setSaving(null);
        for (const name of ["queue_get", "queue_rows_get"]) {
          void client.invalidateQueries({ queryKey: [name] });
        }
        void client.invalidateQueries({ queryKey: ["card_get", { task_id: taskId }] });
      }
    },
    [announce, client, drafts, focus, now, show, showProblem, takeAfter],
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
      void leave(card, writing, message("queue-saved", { name: card.contact.name }));
    },
    [backend, drafts, leave],
  );

  const skip = useCallback(
    (card: Card, reason: SkipReason, note: string) => {
      const args = { task_id: card.task_id, reason, note };
      const writing = drafts.settle(card.task_id).then(() => backend.call("task_skip", args));
      void leave(card, writing, message("queue-skipped", { name: card.contact.name }));
    },
    [backend, drafts, leave],
  );

  const forgetRefused = useCallback(() => setRefused(null), []);
  return useMemo(
    () => ({ saving, refused, save, skip, forgetRefused }),
    [saving, refused, save, skip, forgetRefused],
  );
}
