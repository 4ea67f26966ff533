import { SectionTitle } from "../../components/Text";
import { message } from "../../text/text";
import styles from "./Script.module.css";

/** The task's script or note, as plain text with its own line breaks. */
export function Script({ text, cut }: { text: string | null; cut: string | null }) {
  return (
    <section className={styles.script} aria-label={message("card-script")}>
      <SectionTitle>{message("card-script-title")}</SectionTitle>
      {text ? (
        <p className={styles.text} dir="auto">
          {text}
        </p>
      ) : (
        <p className={styles.none}>{message("card-no-script")}</p>
      )}
      {cut ? <p className={styles.none}>{cut}</p> : null}
    </section>
  );
}
