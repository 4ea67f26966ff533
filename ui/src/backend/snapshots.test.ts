import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Card } from "../generated/Card";
import type { Backend } from "./backend";
import { command, Once, remember } from "./snapshots";

const KEY = ["card_get", { task_id: "t" }] as const;
const card = (state: string) => ({ task_id: "t", state }) as unknown as Card;

describe("an answer", () => {
  let client: QueryClient;
  const state = () => client.getQueryData<Card>(KEY)?.state;
  /** A card on screen, which reads what `core` says. */
  const watch = (core: () => Promise<Card>) =>
    new QueryObserver(client, { queryKey: KEY, queryFn: core }).subscribe(() => undefined);

  beforeEach(() => {
    client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  });

  it("is shown at once, without asking the core again", () => {
    client.setQueryData(KEY, card("open"), { updatedAt: 1_000 });
    const core = vi.fn(async () => card("open"));
    const stop = watch(core);
    remember(client, "call_dial", card("on_call"), 2_000);
    expect(state()).toBe("on_call");
    expect(core).not.toHaveBeenCalled();
    stop();
  });

  it("is shown where nothing was known", () => {
    remember(client, "queue_select", card("open"), 2_000);
    expect(state()).toBe("open");
  });

  it("that comes late never takes the place of something newer", async () => {
    client.setQueryData(KEY, card("call_ended"), { updatedAt: 3_000 });
    const stop = watch(async () => card("call_ended"));
    remember(client, "call_dial", card("on_call"), 2_000);
    await vi.waitFor(() => expect(client.isFetching()).toBe(0));
    expect(state()).toBe("call_ended");
    stop();
  });

  it("is not undone by a read that began before it", async () => {
    client.setQueryData(KEY, card("open"), { updatedAt: 1_000 });
    const answers = [card("open"), card("on_call")];
    const resolvers: ((card: Card) => void)[] = [];
    const stop = watch(() => new Promise<Card>((resolve) => resolvers.push(resolve)));
    void client.invalidateQueries({ queryKey: KEY });
    remember(client, "call_dial", card("on_call"), 2_000);
    await vi.waitFor(() => expect(resolvers).toHaveLength(2));
    // The older read answers last.
    resolvers[1]?.(answers[1] as Card);
    resolvers[0]?.(answers[0] as Card);
    await vi.waitFor(() => expect(client.isFetching()).toBe(0));
    expect(state()).toBe("on_call");
    stop();
  });
});

describe("the arguments of a command", () => {
  const KEY_OF_TEAM = "k3y-of-the-team";

  it("are in no cache once they were sent, and the command itself in none once it is not used", async () => {
    const client = new QueryClient();
    const sent: unknown[] = [];
    const core = { call: async (_: string, args: unknown) => void sent.push(args) };
    const options = command(core as unknown as Backend, client, "connect_start");
    const observer = new MutationObserver(client, options);
    const stop = observer.subscribe(() => undefined);
    const given = new Once({ key: KEY_OF_TEAM });
    const cached = () =>
      client
        .getMutationCache()
        .getAll()
        .map((mutation) => [mutation.state, observer.getCurrentResult()]);
    const answered = observer.mutate(given);
    await answered;
    expect(sent).toEqual([{ key: KEY_OF_TEAM }]);
    expect(cached()).toHaveLength(1);
    expect(() => given.take()).toThrow();
    expect(JSON.stringify(cached())).not.toContain(KEY_OF_TEAM);
    stop();
    await vi.waitFor(() => expect(cached()).toHaveLength(0));
  });
});
