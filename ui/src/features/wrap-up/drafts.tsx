/** The one draft book of the window: typed text outlives a visit to another screen. */
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { useBackend } from "../../backend/snapshots";
import { useProblems } from "../../components/problems";
import { DraftBook } from "./draft-book";

const DraftsContext = createContext<DraftBook | null>(null);

export function useDrafts(): DraftBook {
  const book = useContext(DraftsContext);
  if (!book) throw new Error("Drafts are used outside their provider");
  return book;
}

export function DraftsProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const { show } = useProblems();
  const book = useMemo(
    () => new DraftBook((args) => backend.call("draft_save", args), show),
    [backend, show],
  );

  // Whoever leaves the window may not come back.
  useEffect(() => {
    const flush = () => book.flushAll();
    const leave = () => book.leave();
    window.addEventListener("blur", flush);
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", flush);
    return () => {
      flush();
      window.removeEventListener("blur", flush);
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", flush);
    };
  }, [book]);

  return <DraftsContext value={book}>{children}</DraftsContext>;
}
