import { ProgressBar } from "react-aria-components";
import { count } from "../../components/time";
import type { Loading } from "../../generated/Loading";

/** How far the reading is, or as of when the numbers are. */
export function LoadingLine({ loading }: { loading: Loading }) {
  const { state, received, total, sentence, as_of } = loading;
  const running = state === "first" || state === "more";
  return (
    <div className="loading-line">
      {running ? (
        <ProgressBar
          aria-label="Loading call tasks"
          value={received}
          maxValue={Math.max(total ?? received, 1)}
          isIndeterminate={total === null}
          valueLabel={
            total === null ? `${count(received)}` : `${count(received)} of ${count(total)}`
          }
          className="progress"
        >
          {({ percentage, isIndeterminate }) => (
            <span
              className="progress-fill"
              style={{ width: isIndeterminate ? "12%" : `${percentage ?? 0}%` }}
            />
          )}
        </ProgressBar>
      ) : null}
      <p className="loading-words" role="status">
        {sentence}
        {as_of && !running ? <span className="quiet"> As of {as_of}.</span> : null}
      </p>
    </div>
  );
}
