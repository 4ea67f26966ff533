/** Names and their values, one pair below another. */
import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Facts.module.css";

/** A list with room for long names. */
export function WideFacts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

interface Props {
  name: string;
  /** For the value of the fact, not for its name. */
  className?: string;
  children: ReactNode;
}

export function Fact({ name, className, children }: Props) {
  return (
    <div className={styles.fact}>
      <dt className={styles.name} data-whole="">
        {name}
      </dt>
      <dd {...(className ? { className } : {})}>{children}</dd>
    </div>
  );
}

/** The name of a fact within a sentence. */
export function FactName({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <span className={cx(styles.name, className)} data-whole="">
      {children}
    </span>
  );
}
