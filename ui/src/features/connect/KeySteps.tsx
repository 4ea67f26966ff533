import { Help, SectionTitle } from "../../components/Text";
import styles from "./KeySteps.module.css";

/** Source: Apollo docs, "Create API Keys". */
export function KeySteps() {
  return (
    <section className={styles.pane}>
      <SectionTitle level={2} id="key-steps">
        How to make a master key
      </SectionTitle>
      <ol className={styles.steps} aria-labelledby="key-steps">
        <li>
          In Apollo, open <b>Settings</b>, then <b>Integrations</b>.
        </li>
        <li>
          Find <b>API</b> and choose <b>Connect</b>.
        </li>
        <li>
          Open <b>API Keys</b> and choose <b>Create new key</b>.
        </li>
        <li>
          Name it “Handset” and turn on <b>Set as master key</b>. Select no single APIs: only a
          master key may log calls.
        </li>
        <li>Copy the key and paste it here.</li>
      </ol>
      <Help>You need an admin’s account in Apollo, on a plan with API access.</Help>
    </section>
  );
}
