import { useState } from "react";
import { Fact, WideFacts } from "../../components/Facts";
import { SectionTitle, SelectableCode } from "../../components/Text";
import { message } from "../../text/text";
import type { PageProps } from "./page";
import { SavedField } from "./SavedField";
import { useSaveSettings } from "./use-settings";
import styles from "./DataPage.module.css";

export function DataPage({ view }: PageProps) {
  const [notNumber, setNotNumber] = useState(false);
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  return (
    <>
      <p>{message("settings-data-intro")}</p>
      <SectionTitle isInGap id="stored">
        {message("settings-data-stored-title")}
      </SectionTitle>
      <ul aria-labelledby="stored" className={styles.sentences}>
        {view.on_disk.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <WideFacts>
        <Fact name={message("settings-data-folder-name")}>
          <SelectableCode>{view.data_folder}</SelectableCode>
        </Fact>
      </WideFacts>
      <SavedField
        label={message("settings-retention-label")}
        value={String(view.settings.retention_days)}
        help={message("settings-retention-help")}
        problem={notNumber ? message("settings-retention-not-number") : problemOf("retention_days")}
        isSaved={isSaved("retention_days")}
        onSave={(value) => {
          const isNumber = /^\d{1,5}$/.test(value);
          setNotNumber(!isNumber);
          if (isNumber) save("retention_days", { retention_days: Number(value) });
        }}
      />
    </>
  );
}
