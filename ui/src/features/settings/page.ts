import type { SettingsView } from "../../generated/SettingsView";
import type { Status } from "../../generated/Status";

/** What every page of the settings window is given. */
export interface PageProps {
  view: SettingsView;
  status: Status;
}
