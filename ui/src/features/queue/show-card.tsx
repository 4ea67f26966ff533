/**
 * Brings a card on screen, whatever screen and whatever queue is open: that of a call that was taken
 * back, or of one that goes on.
 *
 * Promises: a card that the open queue does not list is shown in the queue of all call tasks; a card
 * that is asked for before the queue is drawn is shown when it is. Must never: change what is on the
 * card.
 */
import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import { NO_ARGS, snapshot, useBackend } from "../../backend/snapshots";
import { useViews } from "../main-window/views";

/** Where the keyboard goes on: in the note, or on the list, where every key of the work is at hand. */
export type GoOn = "note" | "list";

type OnShow = (taskId: string, goOn: GoOn) => void;

interface ShowCard {
  showCard: (taskId: string, goOn: GoOn) => Promise<void>;
  /** The open queue selects the card. Returns the function that ends this. */
  onShow: (listener: OnShow) => () => void;
  /** Says whose card is drawn now, if one is. */
  setShown: (taskId: string | null) => void;
}

const ShowCardContext = createContext<ShowCard | null>(null);

/** A context of its own: whoever asks only for a card to be shown is not drawn again with each card. */
const ShownCardContext = createContext<string | null>(null);

/** The task whose card is in sight. */
export function useShownCard(): string | null {
  return useContext(ShownCardContext);
}

export function useShowCard(): ShowCard {
  const actions = useContext(ShowCardContext);
  if (!actions) throw new Error("A card is shown outside its provider");
  return actions;
}

export function ShowCardProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const client = useQueryClient();
  const { go } = useViews();
  const [shown, setShown] = useState<string | null>(null);
  const listener = useRef<OnShow | null>(null);
  /** What was asked for while no queue was drawn to handle it. */
  const unhandled = useRef<[taskId: string, goOn: GoOn] | null>(null);

  const onShow = useCallback((added: OnShow) => {
    listener.current = added;
    if (unhandled.current) added(...unhandled.current);
    unhandled.current = null;
    return () => {
      if (listener.current === added) listener.current = null;
    };
  }, []);

  const showCard = useCallback(
    async (taskId: string, goOn: GoOn) => {
      const { queue } = await client.fetchQuery({
        ...snapshot(backend, "queue_get", NO_ARGS),
        staleTime: 0,
      });
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
      if (listener.current) listener.current(taskId, goOn);
      else unhandled.current = [taskId, goOn];
      go("queue");
    },
    [backend, client, go],
  );

  const value = useMemo(() => ({ showCard, onShow, setShown }), [showCard, onShow]);
  return (
    <ShowCardContext value={value}>
      <ShownCardContext value={shown}>{children}</ShownCardContext>
    </ShowCardContext>
  );
}
