import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import type { Settings } from "../../generated/Settings";
import { message } from "../../text/text";

/** Saves a change of the settings; says "Saved", or why not, beside the field that changed. */
export function useSaveSettings(settings: Settings) {
  const put = useCommand("settings_put");
  const announce = useAnnounce();
  const [field, setField] = useState<string | null>(null);
  const save = (name: string, change: Partial<Settings>, onSaved?: () => void) => {
    setField(name);
    put.mutate(
      { settings: { ...settings, ...change } },
      {
        onSuccess: () => {
          announce(message("settings-saved"));
          onSaved?.();
        },
      },
    );
  };
  const problemOf = (name: string): string | null => {
    if (field !== name || !put.isError) return null;
    const { problem } = put.error;
    return problem.hint ? `${problem.message} ${problem.hint}` : problem.message;
  };
  const isSaved = (name: string) => field === name && put.isSuccess;
  return { save, problemOf, isSaved };
}
