import { Radios } from "../../components/Radios";
import { Help, Refusal } from "../../components/Text";
import type { PageProps } from "./page";
import { SavedField } from "./SavedField";
import { useSaveSettings } from "./use-settings";
import styles from "./HoursPage.module.css";

export function HoursPage({ view }: PageProps) {
  const hours = view.settings.calling_hours;
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  return (
    <>
      <p>When somebody may be called, in their own local time.</p>
      <div className={styles.pair}>
        <SavedField
          label="Opens"
          value={hours.opens}
          problem={problemOf("opens")}
          isSaved={isSaved("opens")}
          onSave={(opens) => save("opens", { calling_hours: { ...hours, opens } })}
        />
        <SavedField
          label="Closes"
          value={hours.closes}
          problem={problemOf("closes")}
          isSaved={isSaved("closes")}
          onSave={(closes) => save("closes", { calling_hours: { ...hours, closes } })}
        />
      </div>
      <Radios
        label="Outside these hours"
        choices={[
          { key: "block", name: "Do not call" },
          { key: "ask", name: "Ask each time" },
        ]}
        value={hours.outside}
        onChange={(key) =>
          save("outside", {
            calling_hours: { ...hours, outside: key === "ask" ? "ask" : "block" },
          })
        }
      />
      {problemOf("outside") ? <Refusal>{problemOf("outside")}</Refusal> : null}
      <Help>Opted-out people and do-not-call numbers are never called, at any hour.</Help>
    </>
  );
}
