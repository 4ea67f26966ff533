/** Starts a window: opens the backend, listens for changes, then draws. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import type { WindowLabel } from "./backend";
import { Changes, reReadWith } from "./changes";
import { gated } from "./gate";
import { openBackend } from "./open";
import { inOwnZone } from "./own-zone";
import { BackendContext } from "./snapshots";

/** Cards that nobody looks at are let go after this long. */
const KEEP_UNUSED_MS = 5 * 60_000;

export async function startWindow(label: WindowLabel, content: ReactNode): Promise<void> {
  const root = document.getElementById("root");
  if (!root) return;
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // The core says when something changed; nothing is re-read on a guess.
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: KEEP_UNUSED_MS,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  const backend = gated(inOwnZone(await openBackend(label)));
  const changes = new Changes(reReadWith(client));
  // Listening comes first, so that no change falls between a read and the listener.
  await backend.subscribe((changed) => changes.take(changed));
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en-GB">
        <BackendContext value={backend}>
          <QueryClientProvider client={client}>{content}</QueryClientProvider>
        </BackendContext>
      </I18nProvider>
    </StrictMode>,
  );
}
