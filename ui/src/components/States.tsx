import type { ReactNode } from "react";
import type { BackendError } from "../backend/backend";
import { message } from "../text/text";
import { Button } from "./Button";
import { cx } from "./cx";
import { Sentence } from "./Sentence";
import styles from "./States.module.css";

/** What a screen shows when there is nothing to show: why, and the next action. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{title}</h2>
      {children ? <div className={styles.text}>{children}</div> : null}
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}

/** What a screen shows when its snapshot could not be read. */
export function Failed({ error, onRetry }: { error: BackendError; onRetry: () => void }) {
  return (
    <div className={styles.empty} role="alert">
      <h2 className={styles.title}>{message("components-screen-failed")}</h2>
      <p className={styles.text}>
        <Sentence text={error.problem.message} />
      </p>
      {error.problem.hint ? (
        <p className={styles.text}>
          <Sentence text={error.problem.hint} />
        </p>
      ) : null}
      <div className={styles.action}>
        <Button onPress={onRetry}>{message("components-try-again-button")}</Button>
      </div>
    </div>
  );
}

/** A grey bar where text will be. */
export function Bone({ width }: { width: string }) {
  return <span className={styles.bone} style={{ width }} aria-hidden="true" />;
}

/** Rows of the real layout, and a text that says what is being read. */
export function Skeleton({
  what,
  rows,
  className,
}: {
  what: string;
  rows: number;
  className?: string;
}) {
  return (
    <div className={cx(styles.skeleton, className)}>
      {what ? <p className={styles.what}>{what}</p> : null}
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move
        <div key={index} className={styles.row} aria-hidden="true">
          <Bone width={`${60 - ((index * 17) % 35)}%`} />
          <Bone width={`${35 - ((index * 11) % 20)}%`} />
        </div>
      ))}
    </div>
  );
}
