import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { useProblems } from "../../components/problems";
import { Sentence } from "../../components/Sentence";
import { Quiet } from "../../components/Text";
import type { UpdateView } from "../../generated/UpdateView";
import { message } from "../../text/text";

/** How an update stands, and what can be done about it. */
export function UpdateSentence({ update }: { update: UpdateView }) {
  return (
    <p role="status" data-whole="">
      <Sentence text={update.sentence} />
      {update.hint ? (
        <Quiet>
          {" "}
          <Sentence text={update.hint} />
        </Quiet>
      ) : null}
    </p>
  );
}

/** Installs what is ready, or restarts what is installed. Nothing while a call goes on. */
export function InstallButton({ update }: { update: UpdateView }) {
  const install = useCommand("update_install");
  const problems = useProblems();
  // Calls begin and end without a word to this part, so it asks anew when it appears.
  const client = useQueryClient();
  useEffect(() => void client.invalidateQueries({ queryKey: ["status_get"] }), [client]);
  return (
    <Button
      variant="next"
      isDisabled={!update.can_install}
      isPending={install.isPending}
      onPress={() => install.mutate(NO_ARGS, { onError: problems.show })}
    >
      {message(update.state === "installed" ? "update-restart-button" : "update-install-button")}
    </Button>
  );
}
