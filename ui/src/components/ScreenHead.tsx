import type { ReactNode } from "react";
import styles from "./ScreenHead.module.css";

interface Props {
  title: string;
  /** A sentence on everything that the screen shows; null while that is not known yet. */
  summary: string | null;
  /** The controls of the screen, at its right. */
  children: ReactNode;
}

/** The first line of a screen. */
export function ScreenHead({ title, summary, children }: Props) {
  return (
    <div className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      {summary === null ? null : <p className={styles.summary}>{summary}</p>}
      <span className={styles.gap} />
      {children}
    </div>
  );
}
