/** The main window: which of the first questions is open, or work. */
import { useCallback, useEffect, useState } from "react";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Announcer } from "../../components/announce";
import { ProblemArea } from "../../components/problems";
import { StartArea } from "../../components/StartPage";
import { Failed, Skeleton } from "../../components/States";
import { message } from "../../text/text";
import { ConnectScreen } from "../connect/ConnectScreen";
import { KeysProvider } from "../keys/KeysProvider";
import { WelcomeScreen } from "../welcome/WelcomeScreen";
import { WhoScreen } from "../who/WhoScreen";
import { QuitDialog } from "./QuitDialog";
import { Workplace } from "./Workplace";

export function MainWindow() {
  return (
    <KeysProvider>
      <Announcer>
        <ProblemArea>
          <Stages />
          <Closing />
        </ProblemArea>
      </Announcer>
    </KeysProvider>
  );
}

function Closing() {
  const status = useSnapshot("status_get", NO_ARGS);
  return status.data ? <QuitDialog status={status.data} /> : null;
}

function Stages() {
  const status = useSnapshot("status_get", NO_ARGS);
  const [connecting, setConnecting] = useState(false);
  const asked = status.data?.stage;
  const { refetch } = status;

  useEffect(() => {
    if (asked === "choose_rep") setConnecting(false);
  }, [asked]);

  // What comes next depends on the stage, so that is read before the screen changes.
  const finishConnecting = useCallback(
    () => void refetch().then(() => setConnecting(false)),
    [refetch],
  );

  if (status.isPending) {
    return (
      <StartArea>
        <Skeleton what={message("main-window-opening")} rows={4} />
      </StartArea>
    );
  }
  if (status.isError) {
    return (
      <StartArea>
        <Failed error={status.error} onRetry={() => void status.refetch()} />
      </StartArea>
    );
  }
  const { stage } = status.data;
  if (stage === "choose_rep") return <WhoScreen status={status.data} />;
  if (connecting) {
    return (
      <ConnectScreen
        status={status.data}
        onDone={finishConnecting}
        onBack={() => setConnecting(false)}
      />
    );
  }
  if (stage === "welcome") {
    return <WelcomeScreen status={status.data} onConnect={() => setConnecting(true)} />;
  }
  return <Workplace status={status.data} onConnect={() => setConnecting(true)} />;
}
