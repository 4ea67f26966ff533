/**
 * Draws a part of a window as the app does: over the gate and with the same providers, but with a
 * core that the test plays.
 */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, configure, render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { expect, onTestFinished, vi } from "vitest";
import { Changes, reReadWith } from "../backend/changes";
import { gated } from "../backend/gate";
import { inOwnZone } from "../backend/own-zone";
import { plain } from "../backend/plain";
import { BackendContext } from "../backend/snapshots";
import { worded } from "../backend/worded";
import { Announcer } from "../components/announce";
import { ProblemArea } from "../components/problems";
import { guardComposition } from "../features/keys/composition";
import { KeysProvider } from "../features/keys/KeysProvider";
import { type View, ViewsProvider } from "../features/main-window/views";
import { UndoProvider } from "../features/undo/undo";
import { DraftsProvider } from "../features/wrap-up/drafts";
import { catalogue } from "../text/text";
import { type Answers, FakeCore } from "./core";

/** The real one, which no test holds. */
const nextTurn = setImmediate;
/** An action is answered, its answer is drawn, and what follows from that is done. */
const TURNS_OF_AN_ACTION = 3;

// Whatever an action of the user starts is done when the action is, unless a test holds it back.
configure({
  asyncWrapper: async (work) => {
    const before = globalThis.IS_REACT_ACT_ENVIRONMENT;
    globalThis.IS_REACT_ACT_ENVIRONMENT = false;
    try {
      return await work();
    } finally {
      for (let turn = 0; turn < TURNS_OF_AN_ACTION; turn += 1) {
        await vi.advanceTimersByTimeAsync(0);
        await new Promise((resolve) => nextTurn(resolve));
      }
      globalThis.IS_REACT_ACT_ENVIRONMENT = before;
    }
  },
});

/** An answer is read, drawn, and what it brings is read and drawn in turn: a millisecond each. */
const TURNS = 6;

/** Lets time pass, and with it whatever waits for it; without a length, what is due at once. */
export async function pass(ms = 0): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
  for (let turn = 0; turn < TURNS; turn += 1) await act(() => vi.advanceTimersByTimeAsync(1));
}

/** The main window around an element, as before the work. */
export function InMain({ children }: { children: ReactNode }) {
  return (
    <KeysProvider>
      <Announcer>
        <ProblemArea>{children}</ProblemArea>
      </Announcer>
    </KeysProvider>
  );
}

/** The main window around an element, at work. */
export function AtWork({ view = "queue", children }: { view?: View; children: ReactNode }) {
  return (
    <InMain>
      <ViewsProvider first={view}>
        <DraftsProvider>
          <UndoProvider>{children}</UndoProvider>
        </DraftsProvider>
      </ViewsProvider>
    </InMain>
  );
}

interface Drawn {
  user: UserEvent;
  core: FakeCore;
  client: QueryClient;
  /** Draws something else in its place. */
  again: (element: ReactNode) => Promise<void>;
  /** Takes everything away, as when the window is closed. */
  close: () => void;
}

/** Draws an element once the first snapshots are read. */
export async function draw(element: ReactNode, answers: Answers = {}): Promise<Drawn> {
  const core = new FakeCore(answers);
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  const backend = gated(worded(plain(inOwnZone(core))));
  const changes = new Changes(reReadWith(client));
  await backend.subscribe((changed) => changes.take(changed));
  const unguard = guardComposition(window);
  const { rerender, unmount } = render(element, {
    reactStrictMode: true,
    onCaughtError: () => undefined,
    wrapper: ({ children }) => (
      <I18nProvider locale={catalogue.region}>
        <BackendContext value={backend}>
          <QueryClientProvider client={client}>{children}</QueryClientProvider>
        </BackendContext>
      </I18nProvider>
    ),
  });
  onTestFinished(() => {
    unguard();
    expect(core.unexpected, "commands that the test has no answer to").toEqual([]);
  });
  await pass();
  return {
    core,
    client,
    user: userEvent.setup({ advanceTimers: (ms) => void vi.advanceTimersByTime(ms) }),
    again: async (other) => {
      rerender(other);
      await pass();
    },
    close: unmount,
  };
}
