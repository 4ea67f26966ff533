/** Says things to screen readers politely: calls started and ended, wrap-ups saved. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { message } from "../text/text";
import { Unseen } from "./Text";

const AnnounceContext = createContext<(text: string) => void>(() => undefined);

export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => {
    setSaid((before) => ({ text, turn: before.turn + 1 }));
  }, []);
  const value = useMemo(() => announce, [announce]);
  return (
    <AnnounceContext value={value}>
      {children}
      {/* The attribute keeps it heard while a dialog silences the rest of the window. */}
      <Unseen
        as="div"
        role="status"
        aria-label={message("components-announcements")}
        data-live-announcer="true"
      >
        {/* A new key makes the same words count as news. */}
        <span key={said.turn}>{said.text}</span>
      </Unseen>
    </AnnounceContext>
  );
}
