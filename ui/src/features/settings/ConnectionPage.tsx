import { useState } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Fact, WideFacts } from "../../components/Facts";
import { useProblems } from "../../components/problems";
import type { KeyStorage } from "../../generated/KeyStorage";
import type { Messages } from "../../generated/messages";
import { message } from "../../text/text";
import { ForgetKey } from "./ForgetKey";
import { PageActions } from "./PageActions";
import type { PageProps } from "./page";
import { SavedField } from "./SavedField";
import { useSaveSettings } from "./use-settings";

const STORED = {
  none: "settings-key-none",
  keychain: "settings-key-keychain",
  this_run: "settings-key-this-run",
  sandbox: "settings-key-sandbox",
} as const satisfies Record<KeyStorage, keyof Messages>;

export function ConnectionPage({ view, status }: PageProps) {
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  const change = useCommand("rep_change");
  const problems = useProblems();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <SavedField
        label={message("settings-address-label")}
        value={view.origin_fixed_because ? status.origin : view.settings.apollo_origin}
        fixed
        isDisabled={view.origin_fixed_because !== null}
        help={view.origin_fixed_because ?? message("settings-address-help")}
        problem={problemOf("apollo_origin")}
        isSaved={isSaved("apollo_origin")}
        onSave={(value) => save("apollo_origin", { apollo_origin: value })}
      />
      <WideFacts>
        <Fact name={message("settings-key-name")}>{message(STORED[status.key_storage])}</Fact>
        <Fact name={message("settings-acts-as-name")}>
          {status.acting_admin ?? message("settings-acts-as-unknown")}
        </Fact>
        <Fact name={message("settings-rep-name")}>
          {status.rep?.name ?? message("settings-rep-none")}
        </Fact>
        <Fact name={message("settings-network-name")}>{message("settings-network")}</Fact>
      </WideFacts>
      <PageActions>
        <Button
          isDisabled={!status.rep}
          isPending={change.isPending}
          onPress={() => change.mutate(NO_ARGS, { onError: problems.show })}
        >
          {message("settings-change-rep-button")}
        </Button>
        <Button
          variant="danger"
          isDisabled={status.key_storage === "none" || status.key_storage === "sandbox"}
          onPress={() => setAsking(true)}
        >
          {message("settings-forget-key-open-button")}
        </Button>
      </PageActions>
      <ForgetKey isOpen={asking} onClose={() => setAsking(false)} unsent={status.unsent} />
    </>
  );
}
