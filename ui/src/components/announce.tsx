/** Says things to screen readers politely: calls started and ended, wrap-ups saved. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { message } from "../text/text";
import { Unseen } from "./Text";

const AnnounceContext = createContext<(text: string) => void>(() => undefined);

export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ReactNode }) {
  const [announced, setAnnounced] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => {
    setAnnounced((before) => ({ text, turn: before.turn + 1 }));
  }, []);
  const value = useMemo(() => announce, [announce]);
  return (
    <AnnounceContext value={value}>
      {children}
      {/* With the attribute it is spoken while a dialog silences the rest of the window. */}
      <Unseen
        as="div"
        role="status"
        aria-label={message("components-announcements")}
        data-live-announcer="true"
      >
        {/* A new key makes the same text count as news. */}
        <span key={announced.turn}>{announced.text}</span>
      </Unseen>
    </AnnounceContext>
  );
}
