/** What Apollo still allows the team, per endpoint. All numbers and sentences are the core's. */
import { Meter } from "react-aria-components";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { cx } from "../../components/cx";
import { Failed, Skeleton } from "../../components/States";
import { Help, SectionTitle } from "../../components/Text";
import { count } from "../../components/time";
import type { EndpointBudget } from "../../generated/EndpointBudget";
import type { WindowBudget } from "../../generated/WindowBudget";
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
          {count(used)} used, limit not known yet
        </span>
      ) : (
        <>
          <Meter
            aria-label={`${endpoint}, ${window.name}`}
            value={Math.min(used, limit)}
            maxValue={Math.max(limit, 1)}
            valueLabel={`${count(used)} of ${count(limit)} used`}
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
            <strong>{window.left === null ? "?" : count(window.left)}</strong> of {count(limit)}{" "}
            left
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
  if (budget.isPending) return <Skeleton what="Reading the limits…" rows={3} />;
  if (budget.isError) {
    return <Failed error={budget.error} onRetry={() => void budget.refetch()} />;
  }
  return (
    <div className={styles.panel}>
      <p className={styles.sentence}>{budget.data.sentence}</p>
      {budget.data.endpoints.map((endpoint) => (
        <Endpoint key={endpoint.endpoint} endpoint={endpoint} />
      ))}
      <Help>Apollo counts for the whole team; all its programs share these.</Help>
    </div>
  );
}
