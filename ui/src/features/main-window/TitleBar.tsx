import { Keyboard, Search } from "lucide-react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { Button, withKeys } from "../../components/Button";
import { cx } from "../../components/cx";
import { Hint } from "../../components/Hint";
import { Keys } from "../../components/Keys";
import { ShapeIcon } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import type { Status } from "../../generated/Status";
import { Message, message } from "../../text/text";
import { BudgetButton } from "../budget/BudgetButton";
import { UpdateButton } from "../update/UpdateButton";
import { BarButton } from "./BarButton";
import { useViews } from "./views";
import { elsewhereText } from "./waiting";
import styles from "./TitleBar.module.css";

interface Props {
  status: Status;
  onPalette: () => void;
  onKeys: () => void;
  onBudget: () => void;
  onUpdate: () => void;
}

/** One text, so that the name has no gap where a part begins. */
function unsentText({ unsent, blocked }: Status): string {
  return blocked > 0
    ? message("main-window-unsent-calls-blocked", { unsent, blocked })
    : message("main-window-unsent-calls", { unsent });
}

/** "api.apollo.io" is enough to know where calls go. */
function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}

/** A call that can still be undone is on its way as it should be, and needs no attention. */
function isWaiting({ unsent, undo }: Status): boolean {
  return unsent > (undo ? 1 : 0);
}

export function TitleBar({ status, onPalette, onKeys, onBudget, onUpdate }: Props) {
  const { go } = useViews();
  const leave = useCommand("sandbox_stop");
  const problems = useProblems();
  const elsewhere = elsewhereText(status);
  return (
    <header className={styles.bar}>
      <strong className={styles.app}>{message("main-window-app")}</strong>
      {status.sandbox ? (
        <>
          <span className={styles.badge}>{message("main-window-sample-data")}</span>
          <Button
            variant="quiet"
            className={styles.leave}
            isPending={leave.isPending}
            onPress={() => leave.mutate(NO_ARGS, { onError: problems.show })}
          >
            {message("main-window-leave-sample-data-button")}
          </Button>
        </>
      ) : (
        <span className={styles.origin}>{hostOf(status.origin)}</span>
      )}
      {status.rep ? (
        <span className={styles.rep}>
          <Message
            id="main-window-logging-as"
            values={{ name: { element: <strong>{status.rep.name}</strong> } }}
          />
        </span>
      ) : null}
      {status.key_storage === "this_run" ? (
        <span className={cx(styles.badge, styles.badgeWaits)}>
          {message("main-window-key-for-this-run")}
        </span>
      ) : null}
      {elsewhere ? <span className={cx(styles.badge, styles.badgeWaits)}>{elsewhere}</span> : null}
      <span className={styles.gap} />
      <UpdateButton update={status.update} onPress={onUpdate} />
      <BarButton
        className={cx(isWaiting(status) && styles.waiting, status.blocked > 0 && styles.stopped)}
        {...withKeys("r")}
        onPress={() => go("calls")}
      >
        <ShapeIcon shape={status.blocked > 0 ? "triangle" : status.unsent > 0 ? "half" : "tick"} />
        {unsentText(status)}
      </BarButton>
      <BudgetButton left={status.calls_left_this_hour} onPress={onBudget} />
      <Hint text={message("main-window-search-commands-button")}>
        <BarButton
          aria-label={message("main-window-search-commands-button")}
          {...withKeys("Mod+K")}
          onPress={onPalette}
        >
          <Search size={16} aria-hidden="true" />
          <Keys shortcut="Mod+K" className={styles.keys} />
        </BarButton>
      </Hint>
      <Hint text={message("main-window-keys-button")}>
        <BarButton
          aria-label={message("main-window-keys-button")}
          {...withKeys("?")}
          onPress={onKeys}
        >
          <Keyboard size={16} aria-hidden="true" />
          <Keys shortcut="?" className={styles.keys} />
        </BarButton>
      </Hint>
    </header>
  );
}
