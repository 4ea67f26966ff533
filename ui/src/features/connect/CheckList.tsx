import { Mark, type Meaning, type Shape } from "../../components/Mark";
import { Sentence } from "../../components/Sentence";
import { SectionTitle } from "../../components/Text";
import type { CheckState } from "../../generated/CheckState";
import type { ConnectProgress } from "../../generated/ConnectProgress";
import type { Messages } from "../../generated/messages";
import { message } from "../../text/text";
import styles from "./CheckList.module.css";

const MARKS = {
  waiting: { shape: "ring", meaning: "quiet", word: "connect-check-waiting" },
  running: { shape: "half", meaning: "accent", word: "connect-check-running" },
  passed: { shape: "tick", meaning: "good", word: "connect-check-passed" },
  failed: { shape: "triangle", meaning: "stopped", word: "connect-check-failed" },
  skipped: { shape: "dash", meaning: "closed", word: "connect-check-skipped" },
} as const satisfies Record<CheckState, { shape: Shape; meaning: Meaning; word: keyof Messages }>;

export function CheckList({ progress }: { progress: ConnectProgress }) {
  return (
    <section className={styles.checks}>
      <SectionTitle level={2}>{message("connect-checks-title")}</SectionTitle>
      <ul aria-label={message("connect-checks-title")} aria-live="polite">
        {progress.checks.map((check) => (
          <li key={check.kind} className={styles.check}>
            <div className={styles.line}>
              <span>{check.question}</span>
              <Mark {...MARKS[check.state]} word={message(MARKS[check.state].word)} />
            </div>
            {check.answer ? (
              <p className={styles.answer}>
                <Sentence text={check.answer} />
              </p>
            ) : null}
            {check.next_step ? (
              <p className={styles.nextStep}>
                <Sentence text={check.next_step} />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      <p className={styles.sentence} role="status">
        <Sentence text={progress.sentence} />
      </p>
    </section>
  );
}
