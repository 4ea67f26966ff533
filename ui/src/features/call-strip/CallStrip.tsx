/**
 * The call that goes on, or is over and not saved, while its card is not in sight: who, how long, and
 * the way back. Below the work, so that nothing there moves when it comes or goes.
 */
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { ShapeIcon } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import { spokenDuration, timerText, useRanSeconds } from "../../components/time";
import type { UnsavedCall } from "../../generated/UnsavedCall";
import { message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { useShowCard, useShownCard } from "../queue/show-card";
import styles from "./CallStrip.module.css";

export function CallStrip() {
  const unsaved = useSnapshot("status_get", NO_ARGS).data?.unsaved_call ?? null;
  const shown = useShownCard();
  if (!unsaved || unsaved.task_id === shown) return null;
  return <Strip unsaved={unsaved} />;
}

function sentence({ who, call, others }: UnsavedCall): string {
  if (call.state === "ongoing") return message("call-strip-ongoing", { who });
  return others > 0
    ? message("call-strip-ended-and-others", { who, others })
    : message("call-strip-ended", { who });
}

function Strip({ unsaved }: { unsaved: UnsavedCall }) {
  const { task_id: taskId, call } = unsaved;
  const end = useCommand("call_end");
  const announce = useAnnounce();
  const problems = useProblems();
  const { showCard } = useShowCard();
  const isOngoing = call.state === "ongoing";
  const measured = call.state === "ongoing" ? call.ran_s : 0;
  const seconds = useRanSeconds(call.state === "ended" ? call.duration_s : measured, isOngoing);

  const endCall = () =>
    end.mutate(
      { task_id: taskId },
      {
        onSuccess: ({ call: ended }) => {
          if (ended.state !== "ended") return;
          const duration = spokenDuration(ended.duration_s);
          announce(message("wrap-up-call-ended-after", { duration }));
        },
        onError: problems.show,
      },
    );
  const goBack = () => {
    showCard(taskId, isOngoing ? "list" : "note").catch(problems.show);
  };
  useAction("end", isOngoing ? endCall : null);
  useAction("to-call", goBack);

  return (
    <section
      className={cx(styles.strip, isOngoing && styles.ongoing)}
      aria-label={message("call-strip-region")}
    >
      <ShapeIcon shape={isOngoing ? "full" : "half"} className={styles.shape} />
      <span role="timer" aria-label={message("wrap-up-timer")} className={styles.timer}>
        {timerText(seconds)}
      </span>
      <span className={styles.text}>{sentence(unsaved)}</span>
      {isOngoing ? (
        <Button shortcut="e" isPending={end.isPending} className={styles.button} onPress={endCall}>
          {message("wrap-up-end-call-button")}
        </Button>
      ) : null}
      <Button shortcut="o" className={styles.button} onPress={goBack}>
        {message("call-strip-back-button")}
      </Button>
    </section>
  );
}
