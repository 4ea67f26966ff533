import { SectionTitle } from "../../components/Text";
import styles from "./Script.module.css";

/** The task's script or note, as plain text with its own line breaks. */
export function Script({ text }: { text: string | null }) {
  return (
    <section className={styles.script} aria-label="Script">
      <SectionTitle>Script and note of the task</SectionTitle>
      {text ? (
        <p className={styles.text} dir="auto">
          {text}
        </p>
      ) : (
        <p className={styles.none}>This task has no script or note.</p>
      )}
    </section>
  );
}
