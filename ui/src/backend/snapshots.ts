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

/** Puts an answer where the matching snapshot is kept, so that no second call is needed. */
export function remember<K extends CommandName>(
  client: QueryClient,
  name: K,
  answer: Answer<K>,
): void {
  switch (name) {
    case "sandbox_start":
    case "sandbox_stop":
    case "rep_choose":
    case "rep_change":
      client.setQueryData(["session_get", NO_ARGS], answer);
      break;
    case "connect_start":
    case "connect_keep_for_this_run":
    case "connect_reset":
      client.setQueryData(["connect_get", NO_ARGS], answer);
      break;
    case "queue_open":
      client.setQueryData(["queue_get", NO_ARGS], { queue: answer });
      break;
    case "queue_select":
    case "call_dial":
    case "call_end":
    case "call_correct":
      client.setQueryData(["card_get", { task_id: (answer as Card).task_id }], answer);
      break;
    case "receipt_retry":
      client.setQueryData(["receipts_get", NO_ARGS], answer);
      break;
    case "settings_put":
      client.setQueryData(["settings_get", NO_ARGS], answer);
      break;
    default:
  }
}

/** A command as a mutation; its answer is remembered. */
export function useCommand<K extends CommandName>(name: K) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation<Answer<K>, BackendError, Args<K>>({
    mutationFn: (args) => backend.call(name, args),
    onSuccess: (answer) => remember(client, name, answer),
  });
}
