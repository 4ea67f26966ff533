import { Mark, type Meaning, type Shape } from "../../components/Mark";
import { Sentence } from "../../components/Sentence";
import { SectionTitle } from "../../components/Text";
import type { CheckState } from "../../generated/CheckState";
import type { ConnectProgress } from "../../generated/ConnectProgress";
import styles from "./CheckList.module.css";

const LOOKS: Record<CheckState, { shape: Shape; meaning: Meaning; word: string }> = {
  waiting: { shape: "ring", meaning: "quiet", word: "Waits" },
  running: { shape: "half", meaning: "accent", word: "Checking" },
  passed: { shape: "tick", meaning: "good", word: "Passed" },
  failed: { shape: "triangle", meaning: "stopped", word: "Failed" },
  skipped: { shape: "dash", meaning: "closed", word: "Not asked" },
};

export function CheckList({ progress }: { progress: ConnectProgress }) {
  return (
    <section className={styles.checks}>
      <SectionTitle level={2}>Checks</SectionTitle>
      <ul aria-label="Checks" aria-live="polite">
        {progress.checks.map((check) => (
          <li key={check.kind} className={styles.check}>
            <div className={styles.line}>
              <span>{check.question}</span>
              <Mark {...LOOKS[check.state]} />
            </div>
            {check.answer ? (
              <p className={styles.answer}>
                <Sentence text={check.answer} />
              </p>
            ) : null}
            {check.act ? (
              <p className={styles.act}>
                <Sentence text={check.act} />
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
