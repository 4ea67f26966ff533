import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { useProblems } from "../../components/problems";
import { StartLead, StartPage } from "../../components/StartPage";
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
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
    <StartPage title={message("welcome-title")}>
      <StartLead>{message("welcome-lead")}</StartLead>
      <div className={styles.choices}>
        <section className={styles.choice} aria-labelledby="choice-connect">
          <h2 id="choice-connect" className={styles.title}>
            {message("welcome-connect-title")}
          </h2>
          <p>{message("welcome-connect-help")}</p>
          <Button variant="next" className={styles.button} autoFocus onPress={onConnect}>
            {message("welcome-connect-button")}
          </Button>
        </section>
        <section className={styles.choice} aria-labelledby="choice-sample">
          <h2 id="choice-sample" className={styles.title}>
            {message("welcome-sample-title")}
          </h2>
          <p>{message("welcome-sample-help")}</p>
          <Button
            className={styles.button}
            isPending={start.isPending}
            onPress={() => start.mutate(NO_ARGS, { onError: problems.show })}
          >
            {message("welcome-sample-button")}
          </Button>
        </section>
      </div>
      <WaitingCalls status={status} />
      <p className={styles.foot}>{message("welcome-stored")}</p>
      <p className={styles.version}>{message("welcome-version", { version: status.version })}</p>
    </StartPage>
  );
}
