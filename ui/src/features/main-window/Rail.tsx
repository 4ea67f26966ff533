import { CalendarDays, ListOrdered, PhoneOutgoing, Settings2 } from "lucide-react";
import { Button } from "react-aria-components";
import type { Messages } from "../../generated/messages";
import { message } from "../../text/text";
import { useViews, type View } from "./views";
import styles from "./Rail.module.css";

const PLACES = [
  { view: "today", name: "main-window-today", icon: CalendarDays },
  { view: "queue", name: "main-window-queue", icon: ListOrdered },
  { view: "calls", name: "main-window-calls", icon: PhoneOutgoing },
] as const satisfies readonly { view: View; name: keyof Messages; icon: typeof CalendarDays }[];

export function Rail({ hasQueue, onSettings }: { hasQueue: boolean; onSettings: () => void }) {
  const { view, go } = useViews();
  return (
    <nav className={styles.rail} aria-label={message("main-window-rail")}>
      {PLACES.map((place) => (
        <Button
          key={place.view}
          className={styles.place}
          isDisabled={place.view === "queue" && !hasQueue && view !== "queue"}
          {...(view === place.view ? { "aria-current": "page" as const } : {})}
          onPress={() => go(place.view)}
        >
          <place.icon size={16} aria-hidden="true" />
          <span>{message(place.name)}</span>
        </Button>
      ))}
      <span className={styles.gap} />
      <Button className={styles.place} onPress={onSettings}>
        <Settings2 size={16} aria-hidden="true" />
        <span>{message("main-window-settings")}</span>
      </Button>
    </nav>
  );
}
