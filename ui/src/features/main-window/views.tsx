/** Which screen the workplace shows, and where *back* leads. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

export type View = "today" | "queue" | "calls";

interface Views {
  view: View;
  go: (view: View) => void;
  back: () => void;
}

const ViewsContext = createContext<Views>({
  view: "today",
  go: () => undefined,
  back: () => undefined,
});

export function useViews(): Views {
  return useContext(ViewsContext);
}

export function ViewsProvider({ first, children }: { first: View; children: ReactNode }) {
  const [trail, setTrail] = useState<readonly View[]>([first]);
  const view = trail.at(-1) ?? "today";
  const go = useCallback(
    (next: View) => setTrail((before) => [...before.filter((old) => old !== next), next]),
    [],
  );
  const back = useCallback(
    () => setTrail((before) => (before.length > 1 ? before.slice(0, -1) : ["today"])),
    [],
  );
  const value = useMemo(() => ({ view, go, back }), [view, go, back]);
  return <ViewsContext value={value}>{children}</ViewsContext>;
}
