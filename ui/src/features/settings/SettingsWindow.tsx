/** The settings window: a list left, a form right. Every change is saved at once. */
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Announcer } from "../../components/announce";
import { Part } from "../../components/Part";
import { ProblemArea } from "../../components/problems";
import { Failed, Skeleton } from "../../components/States";
import { Unseen } from "../../components/Text";
import { message } from "../../text/text";
import { AboutPage } from "./AboutPage";
import { ConnectionPage } from "./ConnectionPage";
import { DataPage } from "./DataPage";
import { DialingPage } from "./DialingPage";
import { DispositionsPage } from "./DispositionsPage";
import { HoursPage } from "./HoursPage";
import { UpdatesPage } from "./UpdatesPage";
import styles from "./SettingsWindow.module.css";

const PAGES = [
  { id: "connection", name: "settings-page-connection", page: ConnectionPage },
  { id: "dispositions", name: "settings-page-dispositions", page: DispositionsPage },
  { id: "hours", name: "settings-page-hours", page: HoursPage },
  { id: "dialing", name: "settings-page-dialing", page: DialingPage },
  { id: "data", name: "settings-page-data", page: DataPage },
  { id: "updates", name: "settings-page-updates", page: UpdatesPage },
  { id: "about", name: "settings-page-about", page: AboutPage },
] as const;

export function SettingsWindow() {
  return (
    <Announcer>
      <ProblemArea>
        <main className={styles.window}>
          <Unseen as="h1">{message("settings-title")}</Unseen>
          <Pages />
        </main>
      </ProblemArea>
    </Announcer>
  );
}

function Pages() {
  const view = useSnapshot("settings_get", NO_ARGS);
  const status = useSnapshot("status_get", NO_ARGS);
  if (view.isError) return <Failed error={view.error} onRetry={() => void view.refetch()} />;
  if (status.isError) {
    return <Failed error={status.error} onRetry={() => void status.refetch()} />;
  }
  if (!view.data || !status.data) return <Skeleton what={message("settings-loading")} rows={6} />;
  return (
    <Tabs orientation="vertical" className={styles.tabs}>
      <TabList aria-label={message("settings-title")} className={styles.list}>
        {PAGES.map((entry) => (
          <Tab key={entry.id} id={entry.id} className={styles.tab}>
            {message(entry.name)}
          </Tab>
        ))}
      </TabList>
      {PAGES.map((entry) => (
        <TabPanel key={entry.id} id={entry.id} className={styles.page}>
          <h2 className={styles.title}>{message(entry.name)}</h2>
          <Part name={message("settings-part-page")}>
            <entry.page view={view.data} status={status.data} />
          </Part>
        </TabPanel>
      ))}
    </Tabs>
  );
}
