/**
 * Undo: the last save is taken back whole, from any screen, for the seconds that the core gives.
 *
 * Promises: takes back what was saved last, also when that save is still under way; the rep stays
 * with a call that is going on.
 */

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef } from "react";
import { BackendError } from "../../backend/backend";
import { NO_ARGS, snapshot, useBackend } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { useProblems } from "../../components/problems";
import { message } from "../../text/text";
import { useViews } from "../main-window/views";
import { useDrafts } from "../wrap-up/drafts";

type OnTaken = (taskId: string) => void;

interface UndoActions {
  /** Takes back one wrap-up; without an id, the last one. */
  undo: (wrapUpId?: string) => Promise<void>;
  /** A save that an undo must wait for. */
  takeAfter: (saving: Promise<unknown>) => void;
  /** The queue goes to the card that is open again. Returns the function that ends this. */
  onTaken: (listener: OnTaken) => () => void;
}

const UndoContext = createContext<UndoActions | null>(null);

export function useUndo(): UndoActions {
  const actions = useContext(UndoContext);
  if (!actions) throw new Error("Undo is used outside its provider");
  return actions;
}

function tooLate(): BackendError {
  return new BackendError({
    code: "invalid",
    message: message("undo-too-late"),
    hint: message("undo-too-late-hint"),
  });
}

export function UndoProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const client = useQueryClient();
  const announce = useAnnounce();
  const problems = useProblems();
  const drafts = useDrafts();
  const { go } = useViews();
  /** The last save of this window. */
  const saving = useRef<Promise<unknown> | null>(null);
  const listener = useRef<OnTaken | null>(null);
  /** The task that was taken back while no queue was drawn to handle it. */
  const unhandled = useRef<string | null>(null);
  const busy = useRef(false);

  const takeAfter = useCallback((promise: Promise<unknown>) => {
    saving.current = promise.catch(() => undefined);
  }, []);

  const onTaken = useCallback((added: OnTaken) => {
    listener.current = added;
    if (unhandled.current) added(unhandled.current);
    unhandled.current = null;
    return () => {
      if (listener.current === added) listener.current = null;
    };
  }, []);

  const take = useCallback(
    async (wrapUpId: string | undefined) => {
      await saving.current;
      // The snapshot of this window may be a save behind.
      const wanted =
        wrapUpId ?? (await backend.call("status_get", NO_ARGS)).undo?.wrap_up_id ?? null;
      if (wanted === null) {
        // A stray key says nothing; whoever has saved is told what can still be done.
        if (saving.current) throw tooLate();
        return;
      }
      const card = await backend.call("wrap_up_undo", { wrap_up_id: wanted });
      const { task_id: taskId } = card;
      drafts.forget(taskId);
      // A read that began before the undo must not come after it.
      const key = ["card_get", { task_id: taskId }];
      await client.cancelQueries({ queryKey: key });
      client.setQueryData(key, card);
      const { queue } = await client.fetchQuery({
        ...snapshot(backend, "queue_get", NO_ARGS),
        staleTime: 0,
      });
      const { name } = card.contact;
      if (queue?.on_call && card.state !== "on_call") {
        announce(message("undo-undone-on-call", { name }));
        return;
      }
      const isListed =
        queue !== null &&
        (
          await backend.call("queue_place_get", {
            search: { queue: queue.number, text: "" },
            task_id: taskId,
          })
        ).place !== null;
      if (!isListed) {
        const all = await backend.call("queue_open", { scope: { kind: "all_call_tasks" } });
        client.setQueryData(["queue_get", NO_ARGS], { queue: all });
        await backend.call("queue_select", { task_id: taskId });
        await client.invalidateQueries({ queryKey: ["queue_get"] });
      }
      if (listener.current) listener.current(taskId);
      else unhandled.current = taskId;
      go("queue");
      announce(message("undo-undone", { name }));
    },
    [announce, backend, client, drafts, go],
  );

  const undo = useCallback(
    async (wrapUpId?: string) => {
      if (busy.current) return;
      busy.current = true;
      try {
        await take(wrapUpId);
        problems.clear();
      } catch (thrown) {
        problems.show(thrown);
      } finally {
        busy.current = false;
        void client.invalidateQueries({ queryKey: ["status_get"] });
      }
    },
    [client, problems, take],
  );

  const value = useMemo(() => ({ undo, takeAfter, onTaken }), [undo, takeAfter, onTaken]);
  return <UndoContext value={value}>{children}</UndoContext>;
}
