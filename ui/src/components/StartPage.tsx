/** The pages before the work: one question each, in the middle of the window. */
import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./StartPage.module.css";

/** The whole window with one thing in its middle. */
export function StartArea({ children }: { children: ReactNode }) {
  return <main className={styles.start}>{children}</main>;
}

interface Props {
  title: string;
  wide?: boolean;
  className?: string;
  children: ReactNode;
}

export function StartPage({ title, wide, className, children }: Props) {
  return (
    <StartArea>
      <div className={cx(styles.page, wide && styles.pageWide, className)}>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </StartArea>
  );
}

export function StartLead({ children }: { children: ReactNode }) {
  return <p className={styles.lead}>{children}</p>;
}

export function StartActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
