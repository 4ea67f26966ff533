/** The frame around all work: bar, banners, rail, and the screen in the middle. */
import { useEffect, useState } from "react";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { Part } from "../../components/Part";
import { useProblems } from "../../components/problems";
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
import { BudgetDialog } from "../budget/BudgetDialog";
import { KeysDialog } from "../keys/KeysDialog";
import { useAction } from "../keys/KeysProvider";
import { Palette } from "../palette/Palette";
import { QueueScreen } from "../queue/QueueScreen";
import { ReceiptsScreen } from "../receipts/ReceiptsScreen";
import { ReportScreen } from "../report/ReportScreen";
import { UndoBar } from "../undo/UndoBar";
import { UndoProvider } from "../undo/undo";
import { UpdateDialog } from "../update/UpdateDialog";
import { DraftsProvider } from "../wrap-up/drafts";
import { ConnectionBanner, Notices } from "./Banners";
import { Rail } from "./Rail";
import { TitleBar } from "./TitleBar";
import { useViews, ViewsProvider } from "./views";
import styles from "./Workplace.module.css";

interface Props {
  status: Status;
  onConnect: () => void;
}

export function Workplace(props: Props) {
  return (
    <ViewsProvider first={props.status.open_queue ? "queue" : "today"}>
      <DraftsProvider>
        <UndoProvider>
          <Inside {...props} />
        </UndoProvider>
      </DraftsProvider>
    </ViewsProvider>
  );
}

function Inside({ status, onConnect }: Props) {
  const { view, go, back } = useViews();
  const [overlay, setOverlay] = useState<"palette" | "keys" | "budget" | "update" | null>(null);
  const problems = useProblems();
  const showSettings = useCommand("window_settings");
  const openSettings = () => showSettings.mutate(NO_ARGS, { onError: problems.show });

  // The call tasks are read whatever screen comes first; later screens show what was read.
  const reading = useSnapshot("report_get", NO_ARGS).data?.loading.state;
  const { mutate: load } = useCommand("report_load");
  const showProblem = problems.show;
  useEffect(() => {
    if (reading === "idle") load(NO_ARGS, { onError: showProblem });
  }, [reading, load, showProblem]);

  useAction("palette", () => setOverlay("palette"));
  useAction("keys", () => setOverlay("keys"));
  useAction("settings", openSettings);
  useAction("receipts", () => go("calls"));
  useAction("back", view === "calls" ? back : null);

  return (
    <div className={styles.workplace}>
      <Part name={message("main-window-title-bar-part")}>
        <TitleBar
          status={status}
          onPalette={() => setOverlay("palette")}
          onKeys={() => setOverlay("keys")}
          onBudget={() => setOverlay("budget")}
          onUpdate={() => setOverlay("update")}
        />
      </Part>
      <Part name={message("main-window-notices-part")}>
        <Notices notices={status.notices} />
      </Part>
      <div className={styles.body}>
        <Rail hasQueue={status.open_queue !== null} onSettings={openSettings} />
        <div className={styles.column}>
          <main className={styles.screen}>
            <Part key={view} name={message("main-window-screen-part")}>
              {view === "today" ? <ReportScreen status={status} /> : null}
              {view === "queue" ? <QueueScreen status={status} /> : null}
              {view === "calls" ? <ReceiptsScreen /> : null}
            </Part>
          </main>
          {/* Below the work, so that nothing there moves when a line comes or goes. */}
          <Part name={message("main-window-banner-part")}>
            <ConnectionBanner status={status} onConnect={onConnect} />
          </Part>
          <Part name={message("main-window-undo-part")}>
            <UndoBar undo={status.undo} />
          </Part>
        </div>
      </div>
      <Palette
        isOpen={overlay === "palette"}
        onClose={() => setOverlay(null)}
        onKeys={() => setOverlay("keys")}
        onBudget={() => setOverlay("budget")}
        onSettings={openSettings}
        status={status}
      />
      <BudgetDialog isOpen={overlay === "budget"} onClose={() => setOverlay(null)} />
      <UpdateDialog
        update={status.update}
        isOpen={overlay === "update" && status.update.state !== "off"}
        onClose={() => setOverlay(null)}
      />
      <KeysDialog isOpen={overlay === "keys"} onClose={() => setOverlay(null)} />
    </div>
  );
}
