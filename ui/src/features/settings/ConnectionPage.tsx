import { useState } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { useProblems } from "../../components/problems";
import type { KeyStorage } from "../../generated/KeyStorage";
import { ForgetKey } from "./ForgetKey";
import type { PageProps } from "./page";
import { SavedField } from "./SavedField";
import { useSaveSettings } from "./use-settings";

const STORED: Record<KeyStorage, string> = {
  none: "No key.",
  keychain: "In this computer’s keychain, for this address only.",
  this_run: "In memory only. It is gone when Handset quits.",
  sandbox: "The sample data’s own key. Nothing of Apollo’s.",
};

export function ConnectionPage({ view, status }: PageProps) {
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  const change = useCommand("rep_change");
  const problems = useProblems();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <SavedField
        label="Apollo address"
        value={view.origin_fixed_because ? status.origin : view.settings.apollo_origin}
        fixed
        isDisabled={view.origin_fixed_because !== null}
        help={
          view.origin_fixed_because ??
          "Scheme and host, such as https://api.apollo.io. Each address has its own key."
        }
        problem={problemOf("apollo_origin")}
        isSaved={isSaved("apollo_origin")}
        onSave={(value) => save("apollo_origin", { apollo_origin: value })}
      />
      <dl className="settings-facts">
        <div className="fact">
          <dt className="fact-name">Key</dt>
          <dd>{STORED[status.key_storage]}</dd>
        </div>
        <div className="fact">
          <dt className="fact-name">Acts as</dt>
          <dd>{status.acting_admin ?? "Not known yet"}</dd>
        </div>
        <div className="fact">
          <dt className="fact-name">Calls logged as</dt>
          <dd>{status.rep?.name ?? "Nobody chosen yet"}</dd>
        </div>
        <div className="fact">
          <dt className="fact-name">Network</dt>
          <dd>
            As this computer is set up: its proxy and the certificates it trusts. Scripts that
            choose a proxy (PAC files) are not supported.
          </dd>
        </div>
      </dl>
      <div className="settings-acts">
        <Button
          isDisabled={!status.rep}
          isPending={change.isPending}
          onPress={() => change.mutate(NO_ARGS, { onError: problems.show })}
        >
          Change who I am
        </Button>
        <Button
          look="danger"
          isDisabled={status.key_storage === "none" || status.key_storage === "sandbox"}
          onPress={() => setAsking(true)}
        >
          Forget key…
        </Button>
      </div>
      <ForgetKey isOpen={asking} onClose={() => setAsking(false)} unsent={status.unsent} />
    </>
  );
}
