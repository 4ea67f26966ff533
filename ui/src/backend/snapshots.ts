/** Hooks over the seam: snapshots to read, commands to give. */
import {
  mutationOptions,
  type QueryClient,
  queryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, useCallback, useContext } from "react";
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

/** The snapshot of which an answer is a newer state, if there is one. */
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
    case "update_check":
    case "update_install":
      return { key: ["status_get", NO_ARGS], data: answer };
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

/** Answers that were stored: a command given twice has one answer, which ages meanwhile. */
const remembered = new WeakSet<object>();

/**
 * Stores an answer as the matching snapshot, so that no second call is needed.
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

/**
 * The arguments of a command, until it is sent. A mutation keeps its variables for as long as a
 * component uses it, and they may hold the key or a note: so what it keeps is an empty box.
 */
export class Once<T> {
  #value: T | undefined;

  constructor(value: T) {
    this.#value = value;
  }

  take(): T {
    const value = this.#value;
    if (value === undefined) throw new Error("A command was sent a second time");
    this.#value = undefined;
    return value;
  }
}

/** What the caller of a command does once it is answered or refused. */
export interface Handlers<T> {
  onSuccess?: (answer: T) => unknown;
  onError?: (error: BackendError) => unknown;
  onSettled?: () => unknown;
}

/** How a command is given: its answer is remembered, and its arguments are not. */
export function command<K extends Exclude<CommandName, ReadName>>(
  backend: Backend,
  client: QueryClient,
  name: K,
) {
  return mutationOptions<Answer<K>, BackendError, Once<Args<K>>, number>({
    mutationFn: (given) => backend.call(name, given.take()),
    // Nobody reads the mutation afterwards, and its answer may hold a note as well.
    gcTime: 0,
    onMutate: () => Date.now(),
    onSuccess: (answer, _given, sentAtMs) => remember(client, name, answer, sentAtMs),
  });
}

/** A command as a mutation. Given twice in a row, it is sent once. */
export function useCommand<K extends Exclude<CommandName, ReadName>>(name: K) {
  const mutation = useMutation(command(useBackend(), useQueryClient(), name));
  const { mutate: give, mutateAsync: giveAsync } = mutation;
  const mutate = useCallback(
    (args: Args<K>, handlers: Handlers<Answer<K>> = {}) => give(new Once(args), handlers),
    [give],
  );
  const mutateAsync = useCallback((args: Args<K>) => giveAsync(new Once(args)), [giveAsync]);
  return { ...mutation, mutate, mutateAsync };
}
