import { Mark, type Meaning, type Shape } from "../../components/Mark";
import { Sentence } from "../../components/Sentence";
import type { CheckState } from "../../generated/CheckState";
import type { ConnectProgress } from "../../generated/ConnectProgress";

const LOOKS: Record<CheckState, { shape: Shape; meaning: Meaning; word: string }> = {
  waiting: { shape: "ring", meaning: "quiet", word: "Waits" },
  running: { shape: "half", meaning: "accent", word: "Checking" },
  passed: { shape: "tick", meaning: "good", word: "Passed" },
  failed: { shape: "triangle", meaning: "stopped", word: "Failed" },
  skipped: { shape: "dash", meaning: "closed", word: "Not asked" },
};

export function CheckList({ progress }: { progress: ConnectProgress }) {
  return (
    <section className="checks">
      <h2 className="section-title">Checks</h2>
      <ul aria-label="Checks" aria-live="polite" className="plain-list">
        {progress.checks.map((check) => (
          <li key={check.kind} className="key-check">
            <div className="key-check-line">
              <span>{check.question}</span>
              <Mark {...LOOKS[check.state]} />
            </div>
            {check.answer ? (
              <p className="key-check-answer">
                <Sentence text={check.answer} />
              </p>
            ) : null}
            {check.act ? (
              <p className="key-check-act">
                <Sentence text={check.act} />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="checks-sentence" role="status">
        <Sentence text={progress.sentence} />
      </p>
    </section>
  );
}
