import type { Session } from "../../generated/Session";
import type { SettingsView } from "../../generated/SettingsView";

/** What every page of the settings window is given. */
export interface PageProps {
  view: SettingsView;
  session: Session;
}
