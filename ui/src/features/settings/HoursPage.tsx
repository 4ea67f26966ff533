import { Radios } from "../../components/Radios";
import { Help, Refusal } from "../../components/Text";
import { message } from "../../text/text";
import type { PageProps } from "./page";
import { SavedField } from "./SavedField";
import { useSaveSettings } from "./use-settings";
import styles from "./HoursPage.module.css";

export function HoursPage({ view }: PageProps) {
  const hours = view.settings.calling_hours;
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  return (
    <>
      <p>{message("settings-hours-intro")}</p>
      <div className={styles.pair}>
        <SavedField
          label={message("settings-hours-opens-label")}
          value={hours.opens}
          problem={problemOf("opens")}
          isSaved={isSaved("opens")}
          onSave={(opens) => save("opens", { calling_hours: { ...hours, opens } })}
        />
        <SavedField
          label={message("settings-hours-closes-label")}
          value={hours.closes}
          problem={problemOf("closes")}
          isSaved={isSaved("closes")}
          onSave={(closes) => save("closes", { calling_hours: { ...hours, closes } })}
        />
      </div>
      <Radios
        label={message("settings-hours-outside-label")}
        choices={[
          { key: "block", name: message("settings-hours-outside-block") },
          { key: "ask", name: message("settings-hours-outside-ask") },
        ]}
        value={hours.outside}
        onChange={(key) =>
          save("outside", {
            calling_hours: { ...hours, outside: key === "ask" ? "ask" : "block" },
          })
        }
      />
      {problemOf("outside") ? <Refusal>{problemOf("outside")}</Refusal> : null}
      <Help>{message("settings-hours-help")}</Help>
    </>
  );
}
