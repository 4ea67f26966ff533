import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Fact, WideFacts } from "../../components/Facts";
import { useProblems } from "../../components/problems";
import { Help } from "../../components/Text";
import { message } from "../../text/text";
import { InstallButton, UpdateSentence } from "../update/UpdateActions";
import { PageActions } from "./PageActions";
import type { PageProps } from "./page";

export function UpdatesPage({ view, status: { update } }: PageProps) {
  const check = useCommand("update_check");
  const problems = useProblems();
  const canCheck = ["none", "ready", "failed"].includes(update.state);
  return (
    <>
      <WideFacts>
        <Fact name={message("update-version-name")}>{view.version}</Fact>
      </WideFacts>
      <UpdateSentence update={update} />
      {update.state === "off" ? null : (
        <>
          <Help>{message("update-privacy")}</Help>
          <PageActions>
            {update.is_ready ? <InstallButton update={update} /> : null}
            <Button
              isDisabled={!canCheck}
              isPending={check.isPending}
              onPress={() => check.mutate(NO_ARGS, { onError: problems.show })}
            >
              {message("update-check-button")}
            </Button>
          </PageActions>
        </>
      )}
    </>
  );
}
