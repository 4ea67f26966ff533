/**
 * Starts a window: opens the backend, listens for changes, then draws.
 *
 * Promises: whatever fails on the way, the window says so and can be loaded again; it is never blank.
 */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot, type Root } from "react-dom/client";
import { Boundary } from "../components/Part";
import { WindowFailed } from "../components/WindowFailed";
import { guardComposition } from "../features/keys/composition";
import { catalogue, message } from "../text/text";
import type { WindowLabel } from "./backend";
import { Changes, reReadWith } from "./changes";
import { gated } from "./gate";
import { openBackend } from "./open";
import { inOwnZone, zoneFirst } from "./own-zone";
import { plain } from "./plain";
import { BackendContext } from "./snapshots";
import { worded } from "./worded";

/** Cards that are not shown any more are dropped after this time. */
const KEEP_UNUSED_MS = 5 * 60_000;

export async function startWindow(label: WindowLabel, content: ReactNode): Promise<void> {
  const root = document.getElementById("root");
  if (!root) return;
  document.documentElement.lang = catalogue.language;
  if (label === "settings") document.title = message("host-settings-title");
  // Before any other listener of the window, so that none receives a key that it holds back.
  guardComposition(window);
  const drawn = createRoot(root, { onCaughtError: caught });
  try {
    await draw(drawn, label, content);
  } catch {
    drawn.render(<WindowFailed />);
  }
}

/**
 * A part that throws while it is drawn says so in its own place (`Part`). The text of an error may hold a
 * person's data, so it is written nowhere, but in a test, which has nobody's.
 */
function caught(error: unknown): void {
  if (import.meta.env.MODE === "loopback") {
    // biome-ignore lint/suspicious/noConsole: only a test sees it
    console.info(`caught: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

async function draw(root: Root, label: WindowLabel, content: ReactNode): Promise<void> {
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
  const backend = gated(worded(plain(zoneFirst(inOwnZone(await openBackend(label))))));
  const changes = new Changes(reReadWith(client));
  // Listening comes first, so that no change falls between a read and the listener.
  await backend.subscribe((changed) => changes.take(changed));
  root.render(
    <StrictMode>
      <Boundary fallback={() => <WindowFailed />}>
        <I18nProvider locale={catalogue.region}>
          <BackendContext value={backend}>
            <QueryClientProvider client={client}>{content}</QueryClientProvider>
          </BackendContext>
        </I18nProvider>
      </Boundary>
    </StrictMode>,
  );
}
