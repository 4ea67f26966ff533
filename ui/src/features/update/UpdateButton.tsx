import { Download } from "lucide-react";
import type { UpdateView } from "../../generated/UpdateView";
import { message } from "../../text/text";
import { BarButton } from "../main-window/BarButton";

/** Says in the title bar that an update is ready, and nothing while there is none. */
export function UpdateButton({ update, onPress }: { update: UpdateView; onPress: () => void }) {
  if (!update.is_ready) return null;
  return (
    <BarButton aria-haspopup="dialog" onPress={onPress}>
      <Download size={16} aria-hidden="true" />
      {message(
        update.state === "installed" ? "update-open-installed-button" : "update-open-button",
      )}
    </BarButton>
  );
}
