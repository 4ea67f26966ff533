/** The settings window, over a core that keeps what is saved. */
import { screen } from "@testing-library/react";
import { SettingsWindow } from "../features/settings/SettingsWindow";
import type { Settings } from "../generated/Settings";
import type { Status } from "../generated/Status";
import type { Answers } from "./core";
import { draw, pass } from "./draw";
import { anOutcomeBook, aSettingsView, aStatus, someDispositions, someStages } from "./snapshots";

export interface Stage {
  settings?: Partial<Settings>;
  status?: Partial<Status>;
  answers?: Answers;
}

/** Opens one of its pages. */
export async function settings(page: string, { settings, status, answers }: Stage = {}) {
  const drawn = await draw(<SettingsWindow />, {
    settings_get: () => aSettingsView(settings),
    status_get: () => aStatus(status),
    settings_put: (args) => aSettingsView(args.settings),
    dispositions_get: () => someDispositions(),
    outcomes_get: () => anOutcomeBook(),
    outcomes_change: () => anOutcomeBook(),
    stages_get: () => someStages(),
    ...answers,
  });
  await drawn.user.click(screen.getByRole("tab", { name: page }));
  await pass();
  return drawn;
}
