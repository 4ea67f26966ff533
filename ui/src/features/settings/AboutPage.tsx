import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { useProblems } from "../../components/problems";
import type { PageProps } from "./page";

export function AboutPage({ view }: PageProps) {
  const open = useCommand("logs_open");
  const problems = useProblems();
  return (
    <>
      <dl className="settings-facts">
        <div className="fact">
          <dt className="fact-name">Version</dt>
          <dd>{view.version}</dd>
        </div>
        <div className="fact">
          <dt className="fact-name">Log folder</dt>
          <dd>
            <code className="selectable">{view.log_folder}</code>
          </dd>
        </div>
      </dl>
      <p className="help">Logs hold no key, phone number, name, email or note.</p>
      <div className="settings-acts">
        <Button onPress={() => open.mutate(NO_ARGS, { onError: problems.show })}>Open logs</Button>
      </div>
    </>
  );
}
