import type { ReactNode } from "react";
import styles from "./ScreenHead.module.css";

interface Props {
  title: string;
  /** What there is to say of all that the screen shows; null where that is not known yet. */
  words: string | null;
  /** What can be done on the screen, at its right. */
  children: ReactNode;
}

/** The first line of a screen. */
export function ScreenHead({ title, words, children }: Props) {
  return (
    <div className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      {words === null ? null : <p className={styles.words}>{words}</p>}
      <span className={styles.gap} />
      {children}
    </div>
  );
}
