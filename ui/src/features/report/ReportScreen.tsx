/** Today: which sequence to work on now. */
import { useRef, useState } from "react";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Search } from "../../components/Field";
import { useProblems } from "../../components/problems";
import { ScreenHead } from "../../components/ScreenHead";
import { Empty, Failed, Skeleton } from "../../components/States";
import type { QueueScope } from "../../generated/QueueScope";
import type { SequenceReport } from "../../generated/SequenceReport";
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { useViews } from "../main-window/views";
import { LoadingLine } from "./LoadingLine";
import { SequenceTable } from "./SequenceTable";
import { Totals } from "./Totals";
import styles from "./ReportScreen.module.css";

/** Opens the queue of a scope and shows it. */
export function useOpenQueue(): (scope: QueueScope) => void {
  const open = useCommand("queue_open");
  const { go } = useViews();
  const problems = useProblems();
  // Not with the callbacks of `mutate`: the palette is gone before the core has answered.
  return (scope) => void open.mutateAsync({ scope }).then(() => go("queue"), problems.show);
}

export function ReportScreen({ status }: { status: Status }) {
  const report = useSnapshot("report_get", NO_ARGS);
  const load = useCommand("report_load");
  const cancel = useCommand("report_cancel");
  const problems = useProblems();
  const openQueue = useOpenQueue();
  const search = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");

  const state = report.data?.loading.state;
  const refresh = () => load.mutate(NO_ARGS, { onError: problems.show });
  useAction("search", () => search.current?.focus());

  const loading = state === "first" || state === "more";
  return (
    <div className={styles.report}>
      <ScreenHead title={message("report-title")} summary={report.data?.today ?? ""}>
        <Search
          label={message("report-filter")}
          placeholder={message("report-filter")}
          shortcut="/"
          className={styles.search}
          inputRef={search}
          value={query}
          onChange={setQuery}
        />
        {loading ? (
          <Button onPress={() => cancel.mutate(NO_ARGS, { onError: problems.show })}>
            {message("report-cancel-loading-button")}
          </Button>
        ) : (
          <Button isPending={load.isPending} onPress={refresh}>
            {message("report-refresh-button")}
          </Button>
        )}
      </ScreenHead>
      {report.data && !(state === "failed" && report.data.all.open === 0) ? (
        <LoadingLine loading={report.data.loading} />
      ) : null}
      {report.isError ? (
        <Failed error={report.error} onRetry={() => void report.refetch()} />
      ) : report.data ? (
        <Body
          report={report.data}
          query={query}
          onOpen={openQueue}
          onRetry={refresh}
          rep={status.rep?.name ?? null}
        />
      ) : (
        <Skeleton what={message("report-loading")} rows={10} className={styles.skeleton} />
      )}
    </div>
  );
}

interface BodyProps {
  report: SequenceReport;
  query: string;
  /** None until somebody is chosen. */
  rep: string | null;
  onOpen: (scope: QueueScope) => void;
  onRetry: () => void;
}

function Body({ report, query, rep, onOpen, onRetry }: BodyProps) {
  const { state, sentence, is_whole } = report.loading;
  if (state === "idle" || (state === "first" && report.all.open === 0)) {
    return <Skeleton what="" rows={10} className={styles.skeleton} />;
  }
  // Zero tasks here do not mean that Apollo has none.
  if (report.all.open === 0 && (state === "failed" || (state === "cancelled" && !is_whole))) {
    return (
      <Empty
        title={message(state === "failed" ? "report-failed-title" : "report-not-read-title")}
        action={
          <Button variant="next" autoFocus onPress={onRetry}>
            {message("report-try-again-button")}
          </Button>
        }
      >
        <p>{sentence}</p>
        <p>{message("report-calls-safe")}</p>
      </Empty>
    );
  }
  if (state === "complete" && report.all.open === 0 && report.sequences.length === 0) {
    return (
      <Empty title={message("report-none-due-title")}>
        <p>
          {rep === null ? message("report-none-due-for-you") : message("report-none-due", { rep })}
        </p>
      </Empty>
    );
  }
  return (
    <>
      <SequenceTable report={report} query={query} onOpen={onOpen} />
      <Totals all={report.all} sequences={report.sequences.length} />
      {state === "failed" ? (
        <div className={styles.failed} role="alert">
          <span>{sentence}</span>
          <Button onPress={onRetry}>{message("report-try-again-button")}</Button>
        </div>
      ) : null}
    </>
  );
}
