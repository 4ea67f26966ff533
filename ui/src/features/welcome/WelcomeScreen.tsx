import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { useProblems } from "../../components/problems";
import { StartLead, StartPage } from "../../components/StartPage";
import type { Status } from "../../generated/Status";
import { WaitingCalls } from "../main-window/WaitingCalls";
import styles from "./WelcomeScreen.module.css";

interface Props {
  status: Status;
  onConnect: () => void;
}

export function WelcomeScreen({ status, onConnect }: Props) {
  const start = useCommand("sandbox_start");
  const problems = useProblems();

  return (
    <StartPage title="Handset">
      <StartLead>
        Work your Apollo call tasks one after another: see who is next, call, note what came of it,
        and go on. Every call is logged in Apollo once, under your name.
      </StartLead>
      <div className={styles.choices}>
        <section className={styles.choice} aria-labelledby="choice-connect">
          <h2 id="choice-connect" className={styles.title}>
            Use your team’s Apollo
          </h2>
          <p>
            You need a master key of the workspace. Making one takes an admin a minute; the steps
            are on the next screen.
          </p>
          <Button look="next" className={styles.button} autoFocus onPress={onConnect}>
            Connect to Apollo
          </Button>
        </section>
        <section className={styles.choice} aria-labelledby="choice-sample">
          <h2 id="choice-sample" className={styles.title}>
            Look around first
          </h2>
          <p>
            A made-up team with made-up prospects, on this computer only. No account, and nobody is
            really called.
          </p>
          <Button
            className={styles.button}
            isPending={start.isPending}
            onPress={() => start.mutate(NO_ARGS, { onError: problems.show })}
          >
            Explore with sample data
          </Button>
        </section>
      </div>
      <WaitingCalls status={status} />
      <p className={styles.foot}>
        Stored on this computer: the key in the system’s keychain, who you are in Apollo, your
        settings, ids of the calls you logged, and calls Apollo has not taken yet, encrypted.
        Contacts, accounts and tasks stay in Apollo.
      </p>
      <p className={styles.version}>Version {status.version}</p>
    </StartPage>
  );
}
