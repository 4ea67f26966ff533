import "./styles/all.css";
import { startWindow } from "./backend/start";
import { SettingsWindow } from "./features/settings/SettingsWindow";

void startWindow("settings", <SettingsWindow />);
