/** The queue: list, card, wrap-up. */
import { useEffect, useState } from "react";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Part } from "../../components/Part";
import { useProblems } from "../../components/problems";
import { inRem } from "../../components/rem";
import { Splitter } from "../../components/Splitter";
import { Empty, Failed, Skeleton } from "../../components/States";
import type { Panes } from "../../generated/Panes";
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
import { CardPane } from "../card/CardPane";
import { useViews } from "../main-window/views";
import { LoadingLine } from "../report/LoadingLine";
import { WrapUpPane } from "../wrap-up/WrapUpPane";
import { OpenQueueProvider, useOpenQueue } from "./open-queue";
import { QueueList } from "./QueueList";
import styles from "./QueueScreen.module.css";

const LIST_PX = { min: 240, max: 420 };
const WRAP_UP_PX = { min: 260, max: 420 };

export function QueueScreen({ status }: { status: Status }) {
  const answer = useSnapshot("queue_get", NO_ARGS);
  const settings = useSnapshot("settings_get", NO_ARGS);
  const { go } = useViews();

  if (answer.isPending || settings.isPending) {
    return (
      <div className={styles.waiting}>
        <Skeleton what={message("queue-opening")} rows={9} />
      </div>
    );
  }
  if (answer.isError) {
    return <Failed error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  const { queue } = answer.data;
  if (!queue && status.open_queue) return <Resuming />;
  if (!queue) {
    return (
      <Empty
        title={message("queue-none-open-title")}
        action={
          <Button variant="next" autoFocus onPress={() => go("today")}>
            {message("queue-back-to-today-button")}
          </Button>
        }
      >
        <p>{message("queue-none-open")}</p>
      </Empty>
    );
  }
  const scope = queue.scope.kind === "sequence" ? queue.scope.id : queue.scope.kind;
  return (
    <OpenQueueProvider key={scope} queue={queue}>
      <ThreePanes panes={settings.data?.settings.panes ?? { list_px: 300, wrap_up_px: 300 }} />
    </OpenQueueProvider>
  );
}

/** The queue of the last run opens once its tasks are here. */
function Resuming() {
  const report = useSnapshot("report_get", NO_ARGS);
  const load = useCommand("report_load");
  const problems = useProblems();
  const loading = report.data?.loading;
  if (loading?.state === "failed" || loading?.state === "cancelled") {
    return (
      <Empty
        title={message("queue-not-resumed-title")}
        action={
          <Button
            variant="next"
            autoFocus
            onPress={() => load.mutate(NO_ARGS, { onError: problems.show })}
          >
            {message("queue-try-again-button")}
          </Button>
        }
      >
        <p>{loading.sentence}</p>
        <p>{message("queue-not-resumed-safe")}</p>
      </Empty>
    );
  }
  return (
    <div className={styles.waiting}>
      {loading ? <LoadingLine loading={loading} /> : null}
      <Skeleton what={message("queue-resuming")} rows={9} />
    </div>
  );
}

const bounded = (value: number, range: { min: number; max: number }) =>
  Math.min(range.max, Math.max(range.min, value));

function ThreePanes({ panes }: { panes: Panes }) {
  const work = useOpenQueue();
  const put = useCommand("panes_put");
  const problems = useProblems();
  const [list, setList] = useState(() => bounded(panes.list_px, LIST_PX));
  const [wrapUp, setWrapUp] = useState(() => bounded(panes.wrap_up_px, WRAP_UP_PX));
  const keep = (changed: Panes) => put.mutate({ panes: changed }, { onError: problems.show });

  const { focus } = work;
  useEffect(() => focus.toList(), [focus]);

  return (
    <div
      className={styles.screen}
      style={{ "--list": inRem(list), "--wrap-up": inRem(wrapUp) } as React.CSSProperties}
    >
      <Part name={message("queue-list-part")}>
        <QueueList />
      </Part>
      <Splitter
        label={message("queue-resize-list")}
        className={styles.listSplitter}
        value={list}
        {...LIST_PX}
        direction={1}
        onMove={setList}
        onDone={(width) => keep({ list_px: width, wrap_up_px: wrapUp })}
      />
      <div className={styles.work}>
        <Part key={work.selected ?? "none"} name={message("queue-card-part")}>
          <CardPane />
        </Part>
        <Splitter
          label={message("queue-resize-wrap-up")}
          className={styles.wrapUpSplitter}
          value={wrapUp}
          {...WRAP_UP_PX}
          direction={-1}
          onMove={setWrapUp}
          onDone={(width) => keep({ list_px: list, wrap_up_px: width })}
        />
        <WrapUpPane />
      </div>
    </div>
  );
}
