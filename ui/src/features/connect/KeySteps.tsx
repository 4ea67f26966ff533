import { Sentence } from "../../components/Sentence";
import { Help, SectionTitle } from "../../components/Text";
import { message } from "../../text/text";
import styles from "./KeySteps.module.css";

/** Source: Apollo docs, "Create API Keys". */
export function KeySteps() {
  return (
    <section className={styles.pane}>
      <SectionTitle level={2} id="key-steps">
        {message("connect-steps-title")}
      </SectionTitle>
      <ol className={styles.steps} aria-labelledby="key-steps">
        <li>
          <Sentence text={message("connect-step-integrations")} />
        </li>
        <li>
          <Sentence text={message("connect-step-api")} />
        </li>
        <li>
          <Sentence text={message("connect-step-new-key")} />
        </li>
        <li>
          <Sentence text={message("connect-step-master")} />
        </li>
        <li>{message("connect-step-paste")}</li>
      </ol>
      <Help>{message("connect-steps-help")}</Help>
    </section>
  );
}
