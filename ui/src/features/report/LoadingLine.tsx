import { ProgressBar } from "react-aria-components";
import { Quiet } from "../../components/Text";
import type { Loading } from "../../generated/Loading";
import { catalogue, message } from "../../text/text";
import styles from "./LoadingLine.module.css";

/** How far the reading is, or from when the numbers are. */
export function LoadingLine({ loading }: { loading: Loading }) {
  const { state, received, total, sentence, as_of } = loading;
  const running = state === "first" || state === "more";
  return (
    <div className={styles.line}>
      {running ? (
        <ProgressBar
          aria-label={message("report-progress-name")}
          value={received}
          maxValue={Math.max(total ?? received, 1)}
          isIndeterminate={total === null}
          valueLabel={
            total === null
              ? catalogue.number(received)
              : message("report-progress", { received, total })
          }
          className={styles.progress}
        >
          {({ percentage, isIndeterminate }) => (
            <span
              className={styles.fill}
              style={{ width: isIndeterminate ? "12%" : `${percentage ?? 0}%` }}
            />
          )}
        </ProgressBar>
      ) : null}
      <p className={styles.text} role="status">
        {sentence}
        {as_of && !running ? <Quiet> {message("report-as-of", { time: as_of })}</Quiet> : null}
      </p>
    </div>
  );
}
