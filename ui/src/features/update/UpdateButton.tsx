import { Download } from "lucide-react";
import { Hint } from "../../components/Hint";
import type { UpdateView } from "../../generated/UpdateView";
import { message } from "../../text/text";
import { BarButton } from "../main-window/BarButton";
import styles from "./UpdateButton.module.css";

/** Says in the title bar that an update is ready, and nothing while there is none. */
export function UpdateButton({ update, onPress }: { update: UpdateView; onPress: () => void }) {
  if (!update.is_ready) return null;
  const isInstalled = update.state === "installed";
  const name = message(isInstalled ? "update-open-installed-button" : "update-open-button");
  return (
    <Hint text={name}>
      <BarButton aria-label={name} aria-haspopup="dialog" onPress={onPress}>
        <Download size={16} aria-hidden="true" />
        <span className={styles.wide}>{name}</span>
      </BarButton>
    </Hint>
  );
}
