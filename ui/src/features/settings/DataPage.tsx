import { useState } from "react";
import { Fact, WideFacts } from "../../components/Facts";
import { SectionTitle, SelectableCode } from "../../components/Text";
import type { PageProps } from "./page";
import { SavedField } from "./SavedField";
import { useSaveSettings } from "./use-settings";
import styles from "./DataPage.module.css";

export function DataPage({ view }: PageProps) {
  const [notNumber, setNotNumber] = useState(false);
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  return (
    <>
      <p>Contacts, accounts, tasks and sequences are read from Apollo and kept in memory only.</p>
      <SectionTitle isInGap id="stored">
        What is stored
      </SectionTitle>
      <ul aria-labelledby="stored" className={styles.sentences}>
        {view.on_disk.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <WideFacts>
        <Fact name="Folder">
          <SelectableCode>{view.data_folder}</SelectableCode>
        </Fact>
      </WideFacts>
      <SavedField
        label="Days to keep ids of logged calls"
        value={String(view.settings.retention_days)}
        help="Ids only: no names, numbers or notes. Older ones are erased."
        problem={notNumber ? "A whole number of days, please." : problemOf("retention_days")}
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
