/** The main window: which of the first questions is open, or work. */
import { useCallback, useEffect, useState } from "react";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Announcer } from "../../components/announce";
import { ProblemArea } from "../../components/problems";
import { Failed, Skeleton } from "../../components/States";
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
  const session = useSnapshot("session_get", NO_ARGS);
  return session.data ? <QuitDialog session={session.data} /> : null;
}

function Stages() {
  const session = useSnapshot("session_get", NO_ARGS);
  const [connecting, setConnecting] = useState(false);
  const asked = session.data?.stage;
  const { refetch } = session;

  useEffect(() => {
    if (asked === "choose_rep") setConnecting(false);
  }, [asked]);

  // What comes next depends on the stage, so that is read before the screen changes.
  const finishConnecting = useCallback(
    () => void refetch().then(() => setConnecting(false)),
    [refetch],
  );

  if (session.isPending) {
    return (
      <main className="start">
        <Skeleton what="Opening Handset…" rows={4} />
      </main>
    );
  }
  if (session.isError) {
    return (
      <main className="start">
        <Failed error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  const { stage } = session.data;
  if (stage === "choose_rep") return <WhoScreen session={session.data} />;
  if (connecting) {
    return (
      <ConnectScreen
        session={session.data}
        onDone={finishConnecting}
        onBack={() => setConnecting(false)}
      />
    );
  }
  if (stage === "welcome") {
    return <WelcomeScreen session={session.data} onConnect={() => setConnecting(true)} />;
  }
  return <Workplace session={session.data} onConnect={() => setConnecting(true)} />;
}
