import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Changes, GATHER_MS, type ReRead, reReadWith } from "./changes";

describe("changes", () => {
  const told: ReRead[] = [];
  let changes: Changes;

  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    changes = new Changes((what) => told.push(what));
  });
  afterEach(() => vi.useRealTimers());

  const names = (what: ReRead | undefined) =>
    what?.kind === "commands" ? [...what.names].sort() : what?.kind;

  it("re-read what their tags touch, once for many", () => {
    changes.take({ revision: 7, tags: ["queue"], origin: null });
    changes.take({ revision: 8, tags: ["queue", "card"], origin: "main" });
    vi.advanceTimersByTime(GATHER_MS);
    expect(told).toHaveLength(1);
    expect(names(told[0])).toEqual(["card_get", "queue_get", "queue_place_get", "queue_rows_get"]);
  });

  it("re-read everything after a gap", () => {
    changes.take({ revision: 7, tags: ["queue"], origin: null });
    changes.take({ revision: 9, tags: ["card"], origin: null });
    vi.advanceTimersByTime(GATHER_MS);
    expect(names(told[0])).toBe("everything");
  });

  it("re-read everything when the revisions start anew", () => {
    changes.take({ revision: 7, tags: ["queue"], origin: null });
    changes.take({ revision: 1, tags: ["queue"], origin: null });
    vi.advanceTimersByTime(GATHER_MS);
    expect(names(told[0])).toBe("everything");
  });

  it("re-read only what they touch again, once a gap is closed", () => {
    changes.take({ revision: 1, tags: [], origin: null });
    changes.take({ revision: 5, tags: [], origin: null });
    vi.advanceTimersByTime(GATHER_MS);
    changes.take({ revision: 6, tags: ["budget"], origin: null });
    vi.advanceTimersByTime(GATHER_MS);
    expect(names(told[1])).toEqual(["budget_get"]);
  });
});

describe("a change during the first reading", () => {
  it("is not lost, though that reading was answered before it", async () => {
    vi.useRealTimers();
    const client = new QueryClient({
      defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
    });
    let state = "Sending";
    let answer = () => {};
    const queryFn = vi.fn(async () => {
      const read = state;
      if (queryFn.mock.calls.length === 1) await new Promise<void>((next) => (answer = next));
      return read;
    });
    const observer = new QueryObserver(client, { queryKey: ["receipts_get", {}], queryFn });
    const stop = observer.subscribe(() => undefined);
    state = "Sent";
    reReadWith(client)({ kind: "commands", names: new Set(["receipts_get"]) });
    answer();
    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe("Sent"));
    stop();
  });
});
