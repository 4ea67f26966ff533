import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Fact, WideFacts } from "../../components/Facts";
import { useProblems } from "../../components/problems";
import { Help, SelectableCode } from "../../components/Text";
import { PageActs } from "./PageActs";
import type { PageProps } from "./page";

export function AboutPage({ view }: PageProps) {
  const open = useCommand("logs_open");
  const problems = useProblems();
  return (
    <>
      <WideFacts>
        <Fact name="Version">{view.version}</Fact>
        <Fact name="Log folder">
          <SelectableCode>{view.log_folder}</SelectableCode>
        </Fact>
      </WideFacts>
      <Help>Logs hold no key, phone number, name, email or note.</Help>
      <PageActs>
        <Button onPress={() => open.mutate(NO_ARGS, { onError: problems.show })}>Open logs</Button>
      </PageActs>
    </>
  );
}
