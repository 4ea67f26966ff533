import { useState } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Fact, WideFacts } from "../../components/Facts";
import { useProblems } from "../../components/problems";
import { Help, SelectableCode } from "../../components/Text";
import { message } from "../../text/text";
import { LicensesDialog } from "./LicensesDialog";
import { PageActions } from "./PageActions";
import type { PageProps } from "./page";

export function AboutPage({ view }: PageProps) {
  const [showsLicenses, setShowsLicenses] = useState(false);
  const open = useCommand("logs_open");
  const problems = useProblems();
  return (
    <>
      <WideFacts>
        <Fact name={message("settings-version-name")}>{view.version}</Fact>
        <Fact name={message("settings-log-folder-name")}>
          <SelectableCode>{view.log_folder}</SelectableCode>
        </Fact>
        <Fact name={message("settings-license-name")}>{message("settings-license")}</Fact>
      </WideFacts>
      <Help>{message("settings-logs-help")}</Help>
      <PageActions>
        <Button onPress={() => open.mutate(NO_ARGS, { onError: problems.show })}>
          {message("settings-open-logs-button")}
        </Button>
        <Button onPress={() => setShowsLicenses(true)}>
          {message("settings-licenses-button")}
        </Button>
      </PageActions>
      <LicensesDialog isOpen={showsLicenses} onClose={() => setShowsLicenses(false)} />
    </>
  );
}
