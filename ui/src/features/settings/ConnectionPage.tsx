import { useState } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Fact, WideFacts } from "../../components/Facts";
import { useProblems } from "../../components/problems";
import type { KeyStorage } from "../../generated/KeyStorage";
import { ForgetKey } from "./ForgetKey";
import { PageActs } from "./PageActs";
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
      <WideFacts>
        <Fact name="Key">{STORED[status.key_storage]}</Fact>
        <Fact name="Acts as">{status.acting_admin ?? "Not known yet"}</Fact>
        <Fact name="Calls logged as">{status.rep?.name ?? "Nobody chosen yet"}</Fact>
        <Fact name="Network">
          As this computer is set up: its proxy and the certificates it trusts. Scripts that choose
          a proxy (PAC files) are not supported.
        </Fact>
      </WideFacts>
      <PageActs>
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
      </PageActs>
      <ForgetKey isOpen={asking} onClose={() => setAsking(false)} unsent={status.unsent} />
    </>
  );
}
