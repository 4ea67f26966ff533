/** The queue is finished: what the day has come to, and which sequence to go on with. */
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Empty } from "../../components/States";
import type { QueueScope } from "../../generated/QueueScope";
import type { ReportRow } from "../../generated/ReportRow";
import { message } from "../../text/text";
import { useViews } from "../main-window/views";
import { useOpenQueue as useOpenScope } from "../report/ReportScreen";

const isSame = (a: QueueScope, b: QueueScope) =>
  a.kind === b.kind && (a.kind !== "sequence" || b.kind !== "sequence" || a.id === b.id);

/** The sequence in which most people can be called now, besides the one that is done. */
function nextSequence(sequences: readonly ReportRow[], done: QueueScope): ReportRow | null {
  return sequences.find((row) => row.callable_now > 0 && !isSame(row.scope, done)) ?? null;
}

export function QueueDone({ scope }: { scope: QueueScope }) {
  const { go } = useViews();
  const close = useCommand("queue_close");
  const open = useOpenScope();
  const report = useSnapshot("report_get", NO_ARGS).data;
  const next = report ? nextSequence(report.sequences, scope) : null;
  const back = () => close.mutate(NO_ARGS, { onSettled: () => go("today") });
  // Where no sequence is offered, the one button is the next action.
  const isOnly = report !== undefined && next === null;
  return (
    <Empty
      title={message("card-queue-finished-title")}
      action={
        <>
          {next ? (
            <Button variant="next" autoFocus onPress={() => open(next.scope)}>
              {message("card-go-on-button", { sequence: next.name, count: next.callable_now })}
            </Button>
          ) : null}
          {/* Drawn anew once it is known, so that it takes the focus. */}
          <Button
            key={String(isOnly)}
            variant={isOnly ? "next" : "plain"}
            autoFocus={isOnly}
            onPress={back}
          >
            {message("card-back-to-today-button")}
          </Button>
        </>
      }
    >
      <p>{message("card-queue-finished")}</p>
      {report ? <p>{report.today}</p> : null}
    </Empty>
  );
}
