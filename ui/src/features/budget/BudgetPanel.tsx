/** What Apollo still allows the team, per endpoint. All numbers and sentences are the core's. */
import { Meter } from "react-aria-components";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { cx } from "../../components/cx";
import { Sentence } from "../../components/Sentence";
import { Failed, Skeleton } from "../../components/States";
import { Help, SectionTitle } from "../../components/Text";
import type { EndpointBudget } from "../../generated/EndpointBudget";
import type { WindowBudget } from "../../generated/WindowBudget";
import { message } from "../../text/text";
import styles from "./BudgetPanel.module.css";

/** From here on a window is called nearly used up. */
const NEARLY = 0.85;

function Window({ endpoint, window }: { endpoint: string; window: WindowBudget }) {
  const { limit, used } = window;
  const full = limit !== null && used >= limit;
  const near = limit !== null && used >= limit * NEARLY;
  return (
    <div className={styles.window}>
      <span data-whole="">{window.name}</span>
      {limit === null ? (
        <span className={cx(styles.numbers, styles.unknown)} data-whole="">
          {message("budget-window-used-no-limit", { used })}
        </span>
      ) : (
        <>
          <Meter
            aria-label={message("budget-window-name", { endpoint, window: window.name })}
            value={Math.min(used, limit)}
            maxValue={Math.max(limit, 1)}
            valueLabel={message("budget-window-used", { used, limit })}
          >
            {({ percentage }) => (
              <span className={styles.track}>
                <span
                  className={cx(styles.fill, full ? styles.fillStopped : near && styles.fillWaits)}
                  style={{ width: `${percentage}%` }}
                />
              </span>
            )}
          </Meter>
          <span className={styles.numbers} data-whole="">
            <Sentence text={message("budget-window-left", { left: window.left ?? "?", limit })} />
          </span>
        </>
      )}
      <span className={styles.resets} data-whole="">
        {window.resets ?? ""}
      </span>
    </div>
  );
}

function Endpoint({ endpoint }: { endpoint: EndpointBudget }) {
  return (
    <section aria-label={endpoint.name}>
      <SectionTitle>{endpoint.name}</SectionTitle>
      {endpoint.windows.map((window) => (
        <Window key={window.name} endpoint={endpoint.name} window={window} />
      ))}
    </section>
  );
}

export function BudgetPanel() {
  const budget = useSnapshot("budget_get", NO_ARGS);
  if (budget.isPending) return <Skeleton what={message("budget-loading")} rows={3} />;
  if (budget.isError) {
    return <Failed error={budget.error} onRetry={() => void budget.refetch()} />;
  }
  return (
    <div className={styles.panel}>
      <p className={styles.sentence}>{budget.data.sentence}</p>
      {budget.data.endpoints.map((endpoint) => (
        <Endpoint key={endpoint.endpoint} endpoint={endpoint} />
      ))}
      <Help>{message("budget-help")}</Help>
    </div>
  );
}
