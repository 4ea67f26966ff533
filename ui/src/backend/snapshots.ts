/** Hooks over the seam: snapshots to read, commands to give. */
import {
  type QueryClient,
  queryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Card } from "../generated/Card";
import type { NoArgs } from "../generated/NoArgs";
import type { Answer, Args, Backend, BackendError, CommandName } from "./backend";
import type { ReadName } from "./gate";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: BackendError;
  }
}

export const NO_ARGS: NoArgs = {};

export const BackendContext = createContext<Backend | null>(null);

export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (!backend) throw new Error("A window is drawn without its backend");
  return backend;
}

/** One snapshot, as a query: its key is the command and its arguments. */
export function snapshot<K extends CommandName>(backend: Backend, name: K, args: Args<K>) {
  return queryOptions<Answer<K>, BackendError, Answer<K>, readonly [K, Args<K>]>({
    queryKey: [name, args],
    queryFn: () => backend.call(name, args),
  });
}

export function useSnapshot<K extends CommandName>(
  name: K,
  args: Args<K>,
  enabled = true,
): UseQueryResult<Answer<K>, BackendError> {
  return useQuery({ ...snapshot(useBackend(), name, args), enabled });
}

/** The snapshot that an answer is a newer state of, if it is one. */
function placeOf<K extends CommandName>(
  name: K,
  answer: Answer<K>,
): { key: readonly [CommandName, unknown]; data: unknown } | null {
  switch (name) {
    case "sandbox_start":
    case "sandbox_stop":
    case "rep_choose":
    case "rep_change":
    case "quit_stay":
      return { key: ["session_get", NO_ARGS], data: answer };
    case "connect_start":
    case "connect_keep_for_this_run":
    case "connect_reset":
      return { key: ["connect_get", NO_ARGS], data: answer };
    case "queue_open":
      return { key: ["queue_get", NO_ARGS], data: { queue: answer } };
    case "queue_select":
    case "call_dial":
    case "call_end":
    case "call_correct":
    case "wrap_up_undo":
      return { key: ["card_get", { task_id: (answer as Card).task_id }], data: answer };
    case "receipt_retry":
    case "receipt_confirm":
    case "receipt_correct":
    case "receipt_discard":
      return { key: ["receipts_get", NO_ARGS], data: answer };
    case "settings_put":
      return { key: ["settings_get", NO_ARGS], data: answer };
    case "outcomes_change":
      return { key: ["outcomes_get", NO_ARGS], data: answer };
    default:
      return null;
  }
}

/** Answers that were put in their place: a command given twice has one, which ages meanwhile. */
const remembered = new WeakSet<object>();

/**
 * Puts an answer where the matching snapshot is kept, so that no second call is needed.
 *
 * Answers can overtake each other: dialing answers when the phone app has opened, and by then the
 * call may be over. So where the snapshot was read again since `sentAtMs`, or is being read, the
 * answer may be the older of the two, and the core is asked instead.
 */
export function remember<K extends CommandName>(
  client: QueryClient,
  name: K,
  answer: Answer<K>,
  sentAtMs: number,
): void {
  const place = placeOf(name, answer);
  if (!place) return;
  if (typeof answer === "object" && answer !== null) {
    if (remembered.has(answer)) return;
    remembered.add(answer);
  }
  const { key, data } = place;
  const state = client.getQueryState(key);
  const mayBeOlder =
    state !== undefined && (state.fetchStatus !== "idle" || state.dataUpdatedAt >= sentAtMs);
  if (mayBeOlder) void client.invalidateQueries({ queryKey: key });
  else client.setQueryData(key, data);
}

/** A command as a mutation; its answer is remembered. Given twice in a row, it is sent once. */
export function useCommand<K extends Exclude<CommandName, ReadName>>(name: K) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation<Answer<K>, BackendError, Args<K>, number>({
    mutationFn: (args) => backend.call(name, args),
    onMutate: () => Date.now(),
    onSuccess: (answer, _args, sentAtMs) => remember(client, name, answer, sentAtMs),
  });
}
