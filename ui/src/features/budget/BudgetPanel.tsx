/** What Apollo still allows the team, per endpoint. All numbers and sentences are the core's. */
import { Meter } from "react-aria-components";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Failed, Skeleton } from "../../components/States";
import { count } from "../../components/time";
import type { EndpointBudget } from "../../generated/EndpointBudget";
import type { WindowBudget } from "../../generated/WindowBudget";

/** From here on a window is called nearly used up. */
const NEARLY = 0.85;

function Window({ endpoint, window }: { endpoint: string; window: WindowBudget }) {
  const { limit, used } = window;
  const full = limit !== null && used >= limit;
  const near = limit !== null && used >= limit * NEARLY;
  return (
    <div className="budget-window">
      <span className="budget-name">{window.name}</span>
      {limit === null ? (
        <span className="budget-numbers quiet">{count(used)} used, limit not known yet</span>
      ) : (
        <>
          <Meter
            aria-label={`${endpoint}, ${window.name}`}
            value={Math.min(used, limit)}
            maxValue={Math.max(limit, 1)}
            valueLabel={`${count(used)} of ${count(limit)} used`}
            className="budget-meter"
          >
            {({ percentage }) => (
              <span className="budget-track">
                <span
                  className={`budget-fill ${full ? "is-stopped" : near ? "is-waiting" : ""}`}
                  style={{ width: `${percentage}%` }}
                />
              </span>
            )}
          </Meter>
          <span className="budget-numbers">
            <strong>{window.left === null ? "?" : count(window.left)}</strong> of {count(limit)}{" "}
            left
          </span>
        </>
      )}
      <span className="budget-resets quiet">{window.resets ?? ""}</span>
    </div>
  );
}

function Endpoint({ endpoint }: { endpoint: EndpointBudget }) {
  return (
    <section className="budget-endpoint" aria-label={endpoint.name}>
      <h3 className="section-title">{endpoint.name}</h3>
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
    <div className="budget-panel">
      <p className="budget-sentence">{budget.data.sentence}</p>
      {budget.data.endpoints.map((endpoint) => (
        <Endpoint key={endpoint.endpoint} endpoint={endpoint} />
      ))}
      <p className="help">Apollo counts for the whole team; all its programs share these.</p>
    </div>
  );
}
